"use client";
import { Amount } from "@/components/amount";
import { useFacts } from "@/components/facts";
import { printRunningOut } from "@/components/format-time";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { useNow } from "@/components/use-now";
import type { BalanceAnswer } from "@/lib/ledger/schema";
import { lasting } from "./lasting";

const LONGEST_DAYS = 365;
const DAY_MS = 86_400_000;

function RunsOut({ days }: { days: number }) {
  const { timeZone } = useFacts();
  const at = new Date(useNow().getTime() + days * DAY_MS);
  return <span className="text-text">{printRunningOut(at, timeZone)}</span>;
}

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
      {runway && runway.days > 0 && runway.days < LONGEST_DAYS ? (
        <p className="mt-2 text-muted">
          At this pace it runs out <RunsOut days={runway.days} />.
        </p>
      ) : null}
    </Card>
  );
}
