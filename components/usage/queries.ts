"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useData } from "@/components/queries";
import type { UsageAnswer, UsageEventDetail } from "@/lib/usage/schema";
import { beforeKey, callKey, type Parameters } from "./question";

const MINUTE_MS = 60_000;

/** The period before hardly moves, so it is asked for when the question changes and not with every call. */
export function useBefore(parameters: Parameters, enabled: boolean) {
  const { key, read } = useData();
  return useQuery({
    queryKey: key(...beforeKey(parameters)),
    queryFn: () => read<UsageAnswer>("usage", parameters),
    placeholderData: keepPreviousData,
    staleTime: 5 * MINUTE_MS,
    enabled,
  });
}

/** One call with everything that is known of it. */
export function useCall(id: string | null) {
  const { key, read } = useData();
  return useQuery({
    queryKey: key(...callKey(id ?? "")),
    queryFn: () => read<UsageEventDetail>(`events/${encodeURIComponent(id ?? "")}`),
    enabled: id !== null,
    staleTime: MINUTE_MS,
  });
}
