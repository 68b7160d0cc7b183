"use client";
import { useFacts } from "@/components/facts";
import { printDecimal } from "@/components/format-amount";
import { LEVELS } from "@/components/level";
import { cn } from "@/components/ui/class-names";
import type { BalanceAnswer } from "@/lib/ledger/schema";
import { lasting } from "./lasting";

/** What a low balance means and the one thing to do; nothing while the balance is normal. */
export function LevelBanner({ balance }: { balance: BalanceAnswer }) {
  const { unit } = useFacts();
  const level = LEVELS[balance.level];
  const left = printDecimal(balance.available, unit, "balance").text;
  const zero = printDecimal("0", unit, "balance").text.replace(/\.00$/, "");
  const pace = balance.runway ? `, ${lasting(balance.runway.days)} at the last week's pace` : "";
  return (
    <div role="status">
      {balance.level === "normal" ? null : (
        <p className={cn("mb-4 flex gap-3 rounded-card px-4 py-3", level.soft)}>
          <level.icon aria-hidden="true" className={cn("size-5 shrink-0", level.text)} />
          <span>
            <strong className={cn("font-medium", level.text)}>{level.word}:</strong> {left} left{pace}. Calls are
            refused at {zero}. <span className="font-medium">{balance.advice}.</span>
          </span>
        </p>
      )}
    </div>
  );
}
