"use client";
import { useQuery } from "@tanstack/react-query";
import { ReadError, useData } from "@/components/data/queries";
import type { PaymentReturns } from "@/lib/payments/schema";

const NOT_FOUND = 404;

/** A payment with its refunds and disputes; null is: there is none with this id. */
export function useReturns(id: string) {
  const { key, read } = useData();
  return useQuery({
    queryKey: key("payments", "returns", id),
    queryFn: async () => {
      try {
        return await read<PaymentReturns>(`payments/${encodeURIComponent(id)}/returns`);
      } catch (error) {
        if (error instanceof ReadError && error.status === NOT_FOUND) return null;
        throw error;
      }
    },
  });
}
