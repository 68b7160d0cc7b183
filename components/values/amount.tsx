"use client";
import type { ClipboardEvent } from "react";
import { useFacts } from "@/components/context/facts";
import { cn } from "@/components/ui/class-names";
import { type AmountKind, printDecimal } from "@/lib/kernel/print-amount";

type Props = { of: string; kind?: AmountKind; signed?: boolean; className?: string };

/** An amount of the unit, rounded for reading; exact when pointed at and when copied. `of` is the API's decimal. */
export function Amount({ of, kind = "record", signed = false, className }: Props) {
  const { unit } = useFacts();
  const { text, exact } = printDecimal(of, unit, kind);
  const plus = signed && !of.startsWith("-") && of !== "0" ? "+" : "";
  const copyExact = (event: ClipboardEvent) => {
    // Only when nothing but this number is selected: a copied table keeps what is seen.
    if (window.getSelection()?.toString().trim() !== `${plus}${text}`) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", of);
  };
  return (
    <span title={exact} translate="no" onCopy={copyExact} className={cn("whitespace-nowrap tabular-nums", className)}>
      {`${plus}${text}`}
    </span>
  );
}
