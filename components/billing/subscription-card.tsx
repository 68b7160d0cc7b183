"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PaygState } from "@/components/balance/payg-state";
import { PlanMeter } from "@/components/balance/plan-card";
import { Card } from "@/components/ui/card";
import { Amount } from "@/components/values/amount";
import { Time } from "@/components/values/time";
import type { BalanceAnswer, Cycle } from "@/lib/ledger/schema";

const LIMITS = ["members", "keys", "workspaces", "agents"] as const;
/** The catalogue's own words about the plan that is subscribed. */
export type PlanFacts = {
  name: string;
  note: string | null;
  limits: { [Name in (typeof LIMITS)[number]]?: number | undefined };
};

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-4 border-b py-2 last:border-0">
      <dt className="text-muted">{name}</dt>
      <dd className="text-right tabular-nums">{children}</dd>
    </div>
  );
}

function Facts({
  plan,
  cycle,
  limits,
}: { plan: NonNullable<BalanceAnswer["plan"]>; cycle: Cycle } & Pick<PlanFacts, "limits">) {
  const t = useTranslations("billing.plan");
  return (
    <dl className="min-w-0 text-sm">
      <Fact name={t("allowance")}>
        <Amount of={plan.allowance} />
      </Fact>
      {/* After a renewal under an open page only the new cycle's end is known. */}
      {cycle.end === plan.resetsAt ? (
        <Fact name={t("cycle")}>
          {t.rich("between", { start: () => <Time at={cycle.start} />, end: () => <Time at={cycle.end} /> })}
        </Fact>
      ) : null}
      <Fact name={t("resets")}>
        <Time at={plan.resetsAt} precise />
      </Fact>
      {cycle.discountPercent > 0 ? (
        <Fact name={t("discount")}>{t("percent", { percent: cycle.discountPercent })}</Fact>
      ) : null}
      {LIMITS.map((name) => {
        const count = limits[name];
        return count === undefined ? null : (
          <Fact key={name} name={t(`limits.${name}`)}>
            {t("upTo", { count })}
          </Fact>
        );
      })}
    </dl>
  );
}

type Props = { title: string; facts: PlanFacts; cycle: Cycle; balance: BalanceAnswer };

/** The plan: the rest of its allowance, its cycle, its limits, and PAYG fallback. */
export function SubscriptionCard({ title, facts, cycle, balance }: Props) {
  const names = useTranslations("overview.plan");
  const { plan, payg, prepaid } = balance;
  if (!plan) return null;
  return (
    <Card aria-labelledby="plan" className="lg:col-span-7">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id="plan" className="text-muted">
          {title}
        </h2>
        <p className="font-medium">{names("title", { name: facts.name })}</p>
      </div>
      <div className="grid gap-x-10 gap-y-4 sm:grid-cols-2">
        <div className="min-w-0">
          <PlanMeter plan={plan} />
          {facts.note ? <p className="mt-2 text-muted text-sm">{facts.note}.</p> : null}
          {payg ? <PaygState plan={plan} payg={payg} prepaid={prepaid} /> : null}
        </div>
        <Facts plan={plan} cycle={cycle} limits={facts.limits} />
      </div>
    </Card>
  );
}
