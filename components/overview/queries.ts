"use client";
import { useQuery } from "@tanstack/react-query";
import { read, usePolling } from "@/components/queries";
import type { KeyList } from "@/lib/accounts/schema";
import type { TransactionList } from "@/lib/ledger/schema";

export function useKeys(initialData: KeyList) {
  const refetchInterval = usePolling();
  return useQuery({ queryKey: ["keys"], queryFn: () => read<KeyList>("/data/keys"), refetchInterval, initialData });
}

/** The first page of the transactions that the parameters select. */
export function useFirstTransactions(parameters: Record<string, string>, initialData: TransactionList) {
  const refetchInterval = usePolling();
  return useQuery({
    queryKey: ["transactions", parameters],
    queryFn: () => read<TransactionList>("/data/transactions", parameters),
    refetchInterval,
    initialData,
  });
}
