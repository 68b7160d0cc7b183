"use client";
import { useFacts } from "@/components/context/facts";
import { cn } from "@/components/ui/class-names";
import { printDecimal } from "@/lib/kernel/print-amount";

/** An amount to its last digit: where a sum is explained nothing may be rounded away. */
export function ExactAmount({ of, signed = false, className }: { of: string; signed?: boolean; className?: string }) {
  const { unit } = useFacts();
  const plus = signed && !of.startsWith("-") && of !== "0" ? "+" : "";
  return (
    <span translate="no" className={cn("whitespace-nowrap tabular-nums", className)}>
      {`${plus}${printDecimal(of, unit).exact}`}
    </span>
  );
}
