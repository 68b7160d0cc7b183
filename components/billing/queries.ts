"use client";
import { useQuery } from "@tanstack/react-query";
import { useData, useDrawn, usePolling } from "@/components/data/queries";
import type { GrantList } from "@/lib/ledger/schema";

export function useGrants(initialData: GrantList) {
  const { key, read } = useData();
  const refetchInterval = usePolling();
  const query = useQuery({
    queryKey: key("grants"),
    queryFn: () => read<GrantList>("grants"),
    refetchInterval,
    initialData,
  });
  return useDrawn(query, initialData);
}
