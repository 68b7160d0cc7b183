"use client";
import { useQuery } from "@tanstack/react-query";
import { useData } from "@/components/data/queries";
import type { UsageEventDetail } from "@/lib/usage/schema";

const MINUTE_MS = 60_000;

/** One call with everything that is known of it. */
export function useCall(id: string | null) {
  const { key, read } = useData();
  return useQuery({
    queryKey: key("call", id ?? ""),
    queryFn: () => read<UsageEventDetail>(`events/${encodeURIComponent(id ?? "")}`),
    enabled: id !== null,
    staleTime: MINUTE_MS,
  });
}
