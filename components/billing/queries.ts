"use client";
import { useQuery } from "@tanstack/react-query";
import { read, usePolling } from "@/components/queries";
import type { GrantList } from "@/lib/ledger/schema";

export function useGrants(initialData: GrantList) {
  const refetchInterval = usePolling();
  return useQuery({
    queryKey: ["grants"],
    queryFn: () => read<GrantList>("/data/grants"),
    refetchInterval,
    initialData,
  });
}
