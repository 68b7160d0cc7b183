"use client";
import { useFacts } from "@/components/context/facts";
import { useNow } from "@/components/context/use-now";
import { printTime } from "@/lib/kernel/print-time";

/** A day within a sentence or on a button, as the organization's calendar has it. */
export function useDay(): (at: string) => string {
  const { timeZone } = useFacts();
  const now = useNow();
  return (at) => printTime(new Date(at), now, timeZone, false);
}
