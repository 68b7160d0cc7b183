"use client";
import { useFacts } from "./facts";
import { printFullTime, printTime } from "./format-time";
import { useNow } from "./use-now";

/** An instant in the organization's zone, short; in full when pointed at. */
export function Time({ at, precise = false, className }: { at: string; precise?: boolean; className?: string }) {
  const { timeZone } = useFacts();
  const now = useNow();
  const instant = new Date(at);
  return (
    <time dateTime={at} title={printFullTime(instant, timeZone)} className={className}>
      {printTime(instant, now, timeZone, precise)}
    </time>
  );
}
