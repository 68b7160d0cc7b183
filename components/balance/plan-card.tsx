"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { useNow } from "@/components/context/use-now";
import { Card } from "@/components/ui/card";
import { Meter } from "@/components/ui/meter";
import { Amount } from "@/components/values/amount";
import { Time } from "@/components/values/time";
import { kindOfRest, printDecimal } from "@/lib/kernel/print-amount";
import type { BalanceAnswer } from "@/lib/ledger/schema";
import { PaygState } from "./payg-state";

/** The rest of the allowance: the number, the meter, the total. */
export function PlanMeter({ plan }: { plan: NonNullable<BalanceAnswer["plan"]> }) {
  const t = useTranslations("overview.plan");
  const { unit } = useFacts();
  const kind = kindOfRest(plan.remaining, plan.allowance);
  const share = plan.allowance === "0" ? 0 : Math.min(1, Number(plan.remaining) / Number(plan.allowance));
  const text = t("share", {
    left: printDecimal(plan.remaining, unit, kind).text,
    allowance: printDecimal(plan.allowance, unit).text,
  });
  return (
    <>
      <p className="mt-1 mb-3 text-2xl">
        <Amount of={plan.remaining} kind={kind} className="whitespace-normal" />
      </p>
      <Meter label={t("meter")} text={text} share={share} />
      <p className="mt-2 text-muted text-sm">{t.rich("left", { allowance: () => <Amount of={plan.allowance} /> })}</p>
    </>
  );
}

/** The plan's allowance, its reset, and the state of PAYG fallback. */
export function PlanCard({ balance, className }: { balance: BalanceAnswer; className?: string }) {
  const t = useTranslations("overview.plan");
  const { planName, labels } = useFacts();
  const now = useNow().getTime();
  const { plan, payg } = balance;
  if (!plan) return null;
  return (
    <Card aria-labelledby="plan" className={className}>
      <h2 id="plan" className="text-muted">
        {planName ? t("title", { name: planName }) : labels.plan}
      </h2>
      <PlanMeter plan={plan} />
      {/* While a period is unpaid its time has passed, and nothing starts. */}
      {Date.parse(plan.resetsAt) > now ? (
        <p className="text-muted text-sm">{t.rich("resets", { when: () => <Time at={plan.resetsAt} /> })}</p>
      ) : null}
      {payg ? <PaygState plan={plan} payg={payg} prepaid={balance.prepaid} /> : null}
    </Card>
  );
}
