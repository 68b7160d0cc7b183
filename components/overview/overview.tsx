"use client";
import { useMemo } from "react";
import { stack } from "@/components/charts/series";
import { SpendChart } from "@/components/charts/spend-chart";
import { useFacts } from "@/components/facts";
import { useBalance, useUsage } from "@/components/queries";
import type { BalanceAnswer, TransactionList } from "@/lib/ledger/schema";
import type { UsageAnswer } from "@/lib/usage/schema";
import { BalanceCard } from "./balance-card";
import { type Baseline, BuysCard } from "./buys-card";
import { LatestTransactions } from "./latest-transactions";
import { PlanCard } from "./plan-card";
import { LATEST, SPEND_QUERY } from "./question";
import { RunwayCard } from "./runway-card";

type Props = {
  balance: BalanceAnswer;
  usage: UsageAnswer;
  transactions: TransactionList;
  baseline: readonly Baseline[];
};

function Spend({ initial }: { initial: UsageAnswer }) {
  const { unit, models } = useFacts();
  const { data = initial } = useUsage(SPEND_QUERY, initial);
  const stacked = useMemo(() => stack(data, "model", unit.scale, models), [data, unit.scale, models]);
  return <SpendChart id="spend" title="Spend in the last 30 days" stacked={stacked} interval="day" />;
}

/** What there is, how long it lasts and where it went; it moves as calls arrive. */
export function Overview({ balance: first, usage, transactions, baseline }: Props) {
  const { data: balance = first } = useBalance(first);
  const third = balance.plan ? "plan" : baseline.length > 0 ? "buys" : undefined;
  return (
    <>
      <h1 className="mb-4 font-semibold text-xl">Overview</h1>
      <div className="grid gap-4 lg:grid-cols-12">
        <BalanceCard balance={balance} />
        <RunwayCard balance={balance} className={third ? "lg:col-span-4" : "lg:col-span-7"} />
        {third === "plan" ? <PlanCard balance={balance} /> : null}
        {third === "buys" ? <BuysCard balance={balance} baseline={baseline} className="lg:col-span-3" /> : null}
        <div className="min-w-0 lg:col-span-12">
          <Spend initial={usage} />
        </div>
        <LatestTransactions
          initial={transactions}
          limit={LATEST}
          className={third === "plan" && baseline.length > 0 ? "lg:col-span-7" : "lg:col-span-12"}
        />
        {third === "plan" && baseline.length > 0 ? (
          <BuysCard balance={balance} baseline={baseline} className="lg:col-span-5 lg:self-start" />
        ) : null}
      </div>
    </>
  );
}
