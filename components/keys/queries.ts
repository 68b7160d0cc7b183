"use client";
import { useQuery } from "@tanstack/react-query";
import { read, usePolling } from "@/components/queries";
import type { KeyDetail } from "@/lib/accounts/schema";
import type { UsageEventList } from "@/lib/usage/schema";

export function useKey(initialData: KeyDetail) {
  const { id } = initialData;
  const refetchInterval = usePolling();
  return useQuery({
    queryKey: ["keys", id],
    queryFn: () => read<KeyDetail>(`/data/keys/${encodeURIComponent(id)}`),
    refetchInterval,
    initialData,
  });
}

/** The latest calls of a key. */
export function useKeyCalls(parameters: { key: string; limit: string }, initialData: UsageEventList) {
  const refetchInterval = usePolling();
  return useQuery({
    queryKey: ["events", "latest", parameters],
    queryFn: () => read<UsageEventList>("/data/events", parameters),
    refetchInterval,
    initialData,
  });
}
