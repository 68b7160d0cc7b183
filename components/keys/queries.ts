"use client";
import { useQuery } from "@tanstack/react-query";
import { useData, usePolling } from "@/components/data/queries";
import type { KeyDetail } from "@/lib/accounts/schema";
import type { UsageEventList } from "@/lib/usage/schema";

export function useKey(initialData: KeyDetail) {
  const { key, read } = useData();
  const { id } = initialData;
  const refetchInterval = usePolling();
  return useQuery({
    queryKey: key("keys", id),
    queryFn: () => read<KeyDetail>(`keys/${encodeURIComponent(id)}`),
    refetchInterval,
    initialData,
  });
}

/** The latest calls of a key. */
export function useKeyCalls(parameters: { key: string; limit: string }, initialData: UsageEventList) {
  const { key, read } = useData();
  const refetchInterval = usePolling();
  return useQuery({
    queryKey: key("events", "latest", parameters),
    queryFn: () => read<UsageEventList>("events", parameters),
    refetchInterval,
    initialData,
  });
}
