"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useData } from "@/components/data/queries";
import type { UsageAnswer } from "@/lib/usage/schema";
import { beforeKey, type Parameters } from "./question";

const MINUTE_MS = 60_000;

/** The period before hardly moves, so it is requested when the question changes and not with every call. */
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
