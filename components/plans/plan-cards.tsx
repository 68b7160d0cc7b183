"use client";
import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Segments } from "@/components/ui/segments";
import { Amount } from "@/components/values/amount";
import { printMoney } from "@/lib/kernel/print-money";
import { INTERVALS, type Interval, PLAN_LIMITS, type PlanAnswer, type PlanList } from "@/lib/plans/schema";

type ChosenPlan = { plan: PlanAnswer; interval: Interval };

/** The saving of a year compared with twelve months. */
export function savedByYear({ prices }: PlanAnswer): bigint {
  if (prices.month === null || prices.year === null) return 0n;
  const saved = BigInt(prices.month) * 12n - BigInt(prices.year);
  return saved > 0n ? saved : 0n;
}

function Includes({ plan }: { plan: PlanAnswer }) {
  const t = useTranslations("plans.choose");
  const limits = PLAN_LIMITS.flatMap((name) => {
    const count = plan.limits[name];
    return count === undefined ? [] : [t(`limits.${name}`, { count })];
  });
  const lines = [...(plan.discountPercent > 0 ? [t("discount", { percent: plan.discountPercent })] : []), ...limits];
  return (
    <ul className="grid gap-1 text-sm">
      <li className="flex gap-2">
        <Check aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
        <span>{t.rich("allowance", { amount: () => <Amount of={plan.allowance} /> })}</span>
      </li>
      {lines.map((line) => (
        <li key={line} className="flex gap-2">
          <Check aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
          {line}
        </li>
      ))}
    </ul>
  );
}

function Price({ plan, interval, list }: ChosenPlan & { list: PlanList }) {
  const t = useTranslations("plans.choose");
  const price = plan.prices[interval];
  if (plan.free || price === null) return <p className="font-semibold text-2xl">{t("free")}</p>;
  const saved = savedByYear(plan);
  const amount = printMoney(saved, list);
  const year = plan.prices.year;
  return (
    <div>
      <p>
        <span className="font-semibold text-2xl tabular-nums" translate="no">
          {printMoney(price, list)}
        </span>{" "}
        <span className="text-muted">{t(interval === "year" ? "perYear" : "perMonth")}</span>
      </p>
      {year !== null && saved > 0n ? (
        <p className="text-muted text-sm">
          {interval === "year" ? t("saves", { amount }) : t("orYear", { price: printMoney(year, list), amount })}
        </p>
      ) : null}
    </div>
  );
}

type Of = { list: PlanList; plan: PlanAnswer; interval: Interval };

/** The action of a plan card's button; undefined for the running plan. */
function useOffer({ list, plan, interval }: Of): string | null {
  const t = useTranslations("plans.choose");
  const { subscription: of } = list;
  const name = { plan: plan.name };
  if (of === null) return plan.free ? t("start", name) : t("subscribe", name);
  if (of.free) return plan.free ? null : t("subscribe", name);
  if (!of.billed || of.endsAt || of.pastDueSince || plan.free) return null;
  if (plan.id !== of.plan) return of.next?.plan === plan.id && of.interval === interval ? null : t("change", name);
  if (of.interval === interval) return of.next ? t("keep", name) : null;
  return interval === "year" ? t("toYear", name) : null;
}

function PlanCard(props: Of & { primary: boolean; mayChange: boolean; onWish: (wish: ChosenPlan) => void }) {
  const { list, plan, interval, primary, mayChange, onWish } = props;
  const t = useTranslations("plans.choose");
  const offer = useOffer(props);
  const { subscription: of } = list;
  const current = of?.plan === plan.id;
  return (
    <li className={cn("flex min-w-0 flex-col gap-4 rounded-card border bg-card p-5", current && "border-accent")}>
      <div className="flex min-h-6 flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium text-lg">{plan.name}</h3>
        {current ? <Badge tone="accent">{t("current")}</Badge> : null}
        {of?.next?.plan === plan.id && !of.endsAt ? <Badge>{t("nextPlan")}</Badge> : null}
      </div>
      <Price plan={plan} interval={interval} list={list} />
      {plan.note ? <p className="text-muted text-sm">{plan.note}</p> : null}
      <Includes plan={plan} />
      {offer && mayChange ? (
        <Button
          variant={primary ? "primary" : "outline"}
          className="mt-auto w-full"
          onClick={() => onWish({ plan, interval })}
        >
          {offer}
        </Button>
      ) : null}
    </li>
  );
}

/** The next larger plan than the one that runs: the one thing that the page proposes. */
function proposed({ plans, subscription }: PlanList): string | undefined {
  if (subscription?.pastDueSince) return undefined;
  const price = (id: string) => BigInt(plans.find((plan) => plan.id === id)?.prices.month ?? "0");
  const now = subscription ? price(subscription.plan) : 0n;
  return plans.find((plan) => !plan.free && price(plan.id) > now)?.id;
}

/** The plans that are for sale, by the month or by the year. */
export function PlanCards({
  list,
  mayChange,
  onWish,
}: Pick<Of, "list"> & { mayChange: boolean; onWish: (wish: ChosenPlan) => void }) {
  const t = useTranslations("plans.choose");
  const { plans, subscription } = list;
  const [interval, setInterval] = useState<Interval>(subscription?.interval ?? "month");
  const yearly = plans.some(({ prices }) => prices.year !== null);
  const first = proposed(list);
  return (
    <section aria-labelledby="plans" className="mt-4 grid gap-4 lg:col-span-12">
      <header className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="plans" className="font-medium text-lg">
          {t("title")}
        </h2>
        {yearly ? (
          <Segments<Interval>
            label={t("interval")}
            value={interval}
            options={INTERVALS.map((value) => ({ value, label: t(value) }))}
            onChange={setInterval}
          />
        ) : null}
      </header>
      <ul
        className={cn(
          "grid gap-4 sm:grid-cols-2",
          plans.length === 3 && "lg:grid-cols-3",
          plans.length > 3 && "lg:grid-cols-4",
        )}
      >
        {plans.map((plan) => {
          const at = plan.prices[interval] === null && !plan.free ? "month" : interval;
          const own = { list, plan, interval: at } as const;
          return <PlanCard key={plan.id} {...own} primary={plan.id === first} mayChange={mayChange} onWish={onWish} />;
        })}
      </ul>
    </section>
  );
}
