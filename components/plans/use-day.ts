"use client";
import { useFacts } from "@/components/facts";
import { printTime } from "@/components/format-time";
import { useNow } from "@/components/use-now";

/** A day within a sentence or on a button, as the organization's calendar has it. */
export function useDay(): (at: string) => string {
  const { timeZone } = useFacts();
  const now = useNow();
  return (at) => printTime(new Date(at), now, timeZone, false);
}
