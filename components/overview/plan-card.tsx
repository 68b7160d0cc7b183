"use client";
import { Amount } from "@/components/amount";
import { height } from "@/components/charts/series";
import { useFacts } from "@/components/facts";
import { printDecimal } from "@/components/format-amount";
import { Time } from "@/components/time";
import { Card } from "@/components/ui/card";
import { Meter } from "@/components/ui/meter";
import { parseAmount } from "@/lib/kernel/money";
import type { BalanceAnswer } from "@/lib/ledger/schema";

function PaygState({ payg, label }: { payg: NonNullable<BalanceAnswer["payg"]>; label: string }) {
  if (payg.mode === "always") return <>When the plan is used up, prepaid credit pays.</>;
  if (!payg.enabled) return <>{label} is off: calls are refused when the plan is used up.</>;
  return (
    <>
      {label} is on: <Amount of={payg.spent} kind="cost" className="text-text" /> spent this cycle
      {payg.limit === null ? (
        ", no limit."
      ) : (
        <>
          {" "}
          of at most <Amount of={payg.limit} kind="balance" className="text-text" />.
        </>
      )}
    </>
  );
}

/** The plan's allowance, when it resets, and what happens after it. */
export function PlanCard({ balance }: { balance: BalanceAnswer }) {
  const { planName, labels, unit } = useFacts();
  const { plan, payg } = balance;
  if (!plan) return null;
  const steps = (decimal: string) => height(parseAmount(decimal, unit.scale), unit.scale);
  const share = plan.allowance === "0" ? 0 : Math.min(1, steps(plan.remaining) / steps(plan.allowance));
  const words = `${printDecimal(plan.remaining, unit, "balance").text} of ${printDecimal(plan.allowance, unit, "balance").text}`;
  return (
    <Card aria-labelledby="plan" className="lg:col-span-3">
      <h2 id="plan" className="text-muted">
        {planName ? `${planName} plan` : labels.plan}
      </h2>
      <p className="mt-1 mb-3 text-2xl">
        <Amount of={plan.remaining} kind="balance" className="whitespace-normal" />
      </p>
      <Meter label="Left of the plan's allowance" text={words} share={share} />
      <p className="mt-2 text-muted text-sm">
        left of <Amount of={plan.allowance} kind="balance" />, resets <Time at={plan.resetsAt} />
      </p>
      {payg ? (
        <p className="mt-3 border-t pt-3 text-muted text-sm">
          <PaygState payg={payg} label={labels.payg} />
        </p>
      ) : null}
    </Card>
  );
}
