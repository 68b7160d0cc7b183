"use client";
import { useQuery } from "@tanstack/react-query";
import { ReadError, read } from "@/components/queries";
import type { PaymentReturns } from "@/lib/payments/schema";

const NOT_FOUND = 404;

/** A payment with its refunds and disputes; null is: there is none with this id. */
export function useReturns(id: string) {
  return useQuery({
    queryKey: ["payments", "returns", id],
    queryFn: async () => {
      try {
        return await read<PaymentReturns>(`/data/payments/${encodeURIComponent(id)}/returns`);
      } catch (error) {
        if (error instanceof ReadError && error.status === NOT_FOUND) return null;
        throw error;
      }
    },
  });
}
