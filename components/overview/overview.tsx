"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";
import { BalanceCard } from "@/components/balance/balance-card";
import { PlanCard } from "@/components/balance/plan-card";
import { useFacts } from "@/components/context/facts";
import { useNow } from "@/components/context/use-now";
import { useBalance } from "@/components/data/queries";
import { PageHeader } from "@/components/layout/page-header";
import { localDate } from "@/lib/kernel/print-time";
import type { BalanceAnswer, BalanceHistory } from "@/lib/ledger/schema";
import { type Baseline, BuysCard } from "./buys-card";
import { RunwayCard } from "./runway-card";

type Props = {
  balance: BalanceAnswer;
  history: BalanceHistory;
  baseline: readonly Baseline[];
  /** Where it went: arrives after the rest. */
  children: ReactNode;
};

/** Data by the day is requested again when a new day starts under an open page. */
function useNewDay(): void {
  const router = useRouter();
  const { timeZone } = useFacts();
  const today = localDate(useNow(), timeZone);
  const loaded = useRef(today);
  useEffect(() => {
    if (loaded.current === today) return;
    loaded.current = today;
    router.refresh();
  }, [today, router]);
}

/** The balance and its runway, then the spending; live. */
export function Overview({ balance: first, history, baseline, children }: Props) {
  const t = useTranslations("overview");
  const { data: balance = first } = useBalance(first);
  useNewDay();
  const buys = baseline.length > 0;
  const wide = !balance.plan && !buys;
  return (
    <>
      <PageHeader title={t("title")} />
      <div className="grid gap-4 lg:grid-cols-12">
        <BalanceCard balance={balance} />
        <RunwayCard balance={balance} history={history} className={wide ? "lg:col-span-7" : "lg:col-span-4"} />
        <PlanCard balance={balance} className="lg:col-span-3" />
        {buys && !balance.plan ? <BuysCard balance={balance} baseline={baseline} className="lg:col-span-3" /> : null}
        {children}
      </div>
    </>
  );
}
