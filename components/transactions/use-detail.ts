"use client";
import { useQuery } from "@tanstack/react-query";
import { ReadError, useData } from "@/components/data/queries";
import type { TransactionDetail } from "@/lib/ledger/schema";
import type { UsageEventDetail } from "@/lib/usage/schema";

const NOT_FOUND = 404;

async function orNull<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ReadError && error.status === NOT_FOUND) return null;
    throw error;
  }
}

/** A transaction never changes, so it is read once; null is: there is none with this id. */
export function useDetail(id: string, initial: TransactionDetail | null | undefined) {
  const { key, read } = useData();
  return useQuery({
    queryKey: key("transaction", id),
    queryFn: () => orNull(read<TransactionDetail>(`transactions/${encodeURIComponent(id)}`)),
    staleTime: Number.POSITIVE_INFINITY,
    ...(initial !== undefined && { initialData: initial }),
  });
}

/** The call behind a transaction: its hold, and what has given it back since. */
export function useCall(event: string | null) {
  const { key, read } = useData();
  return useQuery({
    queryKey: key("event", event),
    queryFn: () => orNull(read<UsageEventDetail>(`events/${encodeURIComponent(event ?? "")}`)),
    enabled: event !== null,
  });
}
