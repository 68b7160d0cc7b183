"use client";
import { Amount } from "@/components/amount";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import type { BalanceAnswer } from "@/lib/ledger/schema";
import { lasting } from "./lasting";

/** How long the balance lasts, and the sum behind it. */
export function RunwayCard({ balance, className }: { balance: BalanceAnswer; className?: string }) {
  const { runway } = balance;
  return (
    <Card aria-labelledby="runway" className={cn("flex flex-col", className)}>
      <h2 id="runway" className="text-muted">
        Runway
      </h2>
      <p className="mt-1 text-2xl first-letter:uppercase">{runway ? lasting(runway.days) : "No end in sight"}</p>
      <p className="mt-2 text-muted">
        {runway ? (
          <>
            <Amount of={balance.available} kind="balance" className="text-text" /> available at{" "}
            <Amount of={runway.perDay} kind="cost" className="text-text" /> a day, the average of the last seven days.
          </>
        ) : (
          "Nothing was spent in the last seven days."
        )}
      </p>
      <p className="mt-auto pt-4 text-muted text-sm">{balance.advice}</p>
    </Card>
  );
}
