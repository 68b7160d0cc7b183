"use client";
import { useReadOrNull } from "@/components/data/use-read";
import { endpoints } from "@/lib/adapters/portal/endpoints";

const MINUTE_MS = 60_000;

/** One call with everything that is known of it; null is: there is none with this id. */
export function useCall(id: string | null) {
  return useReadOrNull(endpoints.event, { id: id ?? "" }, { enabled: id !== null, staleTime: MINUTE_MS });
}
