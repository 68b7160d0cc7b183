"use client";
import { useQuery } from "@tanstack/react-query";
import type { KeyList, UnsummedKeyList } from "@/lib/accounts/schema";
import type { TransactionList } from "@/lib/ledger/schema";
import { useData, useDrawn, usePolling } from "./queries";

export function useKeys(initialData: KeyList) {
  const { key, read } = useData();
  const refetchInterval = usePolling();
  const query = { queryKey: key("keys"), queryFn: () => read<KeyList>("keys"), refetchInterval, initialData };
  return useDrawn(useQuery(query), initialData);
}

/** Every key with its limits; what each spent in 30 days is not requested, so that it may follow every call. */
export function useKeyLimits(initialData: UnsummedKeyList) {
  const { key, read } = useData();
  const refetchInterval = usePolling();
  const query = useQuery({
    queryKey: key("keys", "limits"),
    queryFn: () => read<UnsummedKeyList>("key-limits"),
    refetchInterval,
    initialData,
  });
  return useDrawn(query, initialData);
}

/** The first page of the transactions that the parameters select. */
export function useFirstTransactions(parameters: Record<string, string>, initialData: TransactionList) {
  const { key, read } = useData();
  const refetchInterval = usePolling();
  const query = useQuery({
    queryKey: key("transactions", parameters),
    queryFn: () => read<TransactionList>("transactions", parameters),
    refetchInterval,
    initialData,
  });
  return useDrawn(query, initialData);
}
