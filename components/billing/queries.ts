"use client";
import { useQuery } from "@tanstack/react-query";
import { read, useDrawn, usePolling } from "@/components/queries";
import type { GrantList } from "@/lib/ledger/schema";

export function useGrants(initialData: GrantList) {
  const refetchInterval = usePolling();
  const query = useQuery({
    queryKey: ["grants"],
    queryFn: () => read<GrantList>("/data/grants"),
    refetchInterval,
    initialData,
  });
  return useDrawn(query, initialData);
}
