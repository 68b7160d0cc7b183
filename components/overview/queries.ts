"use client";
import { useQuery } from "@tanstack/react-query";
import { read, useDrawn, usePolling } from "@/components/queries";
import type { KeyList, UnsummedKeyList } from "@/lib/accounts/schema";
import type { TransactionList } from "@/lib/ledger/schema";

export function useKeys(initialData: KeyList) {
  const refetchInterval = usePolling();
  const query = { queryKey: ["keys"], queryFn: () => read<KeyList>("/data/keys"), refetchInterval, initialData };
  return useDrawn(useQuery(query), initialData);
}

/** Every key with its limits; what each spent in 30 days is not asked for, so that it may follow every call. */
export function useKeyLimits(initialData: UnsummedKeyList) {
  const refetchInterval = usePolling();
  const query = useQuery({
    queryKey: ["keys", "limits"],
    queryFn: () => read<UnsummedKeyList>("/data/key-limits"),
    refetchInterval,
    initialData,
  });
  return useDrawn(query, initialData);
}

/** The first page of the transactions that the parameters select. */
export function useFirstTransactions(parameters: Record<string, string>, initialData: TransactionList) {
  const refetchInterval = usePolling();
  const query = useQuery({
    queryKey: ["transactions", parameters],
    queryFn: () => read<TransactionList>("/data/transactions", parameters),
    refetchInterval,
    initialData,
  });
  return useDrawn(query, initialData);
}
