"use client";
import { useFacts } from "@/components/context/facts";
import { useNow } from "@/components/context/use-now";
import { printFullTime, printTime } from "@/lib/kernel/print-time";

type Props = { at: string; precise?: boolean; full?: boolean; className?: string };

/**
 * An instant in the organization's zone, short; in full, with the zone, when pointed at or where `full` is requested.
 */
export function Time({ at, precise = false, full = false, className }: Props) {
  const { timeZone } = useFacts();
  const now = useNow();
  const instant = new Date(at);
  return (
    <time dateTime={at} title={printFullTime(instant, timeZone)} className={className}>
      {full ? printFullTime(instant, timeZone) : printTime(instant, now, timeZone, precise)}
    </time>
  );
}
