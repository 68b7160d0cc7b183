"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { useFacts } from "@/components/facts";
import { localDate } from "@/components/format-time";
import { PageHeader } from "@/components/page-header";
import { useBalance } from "@/components/queries";
import { useNow } from "@/components/use-now";
import type { KeyList } from "@/lib/accounts/schema";
import type { BalanceAnswer, BalanceHistory, TransactionList } from "@/lib/ledger/schema";
import type { UsageAnswer } from "@/lib/usage/schema";
import { BalanceCard } from "./balance-card";
import { type Baseline, BuysCard } from "./buys-card";
import { KeysCard } from "./keys-card";
import { LatestTransactions } from "./latest-transactions";
import { PlanCard } from "./plan-card";
import { RunwayCard } from "./runway-card";
import { SpendCard } from "./spend-card";

type Props = {
  balance: BalanceAnswer;
  history: BalanceHistory;
  usage: UsageAnswer;
  before: UsageAnswer;
  transactions: TransactionList;
  keys: KeyList;
  baseline: readonly Baseline[];
};

/** What was asked for by the day is asked for again when a new one begins under an open page. */
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

/** What there is, how long it lasts and where it went; it moves as calls arrive. */
export function Overview({ balance: first, history, usage, before, transactions, keys, baseline }: Props) {
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
        <SpendCard initial={usage} before={before} />
        <LatestTransactions initial={transactions} className="lg:col-span-7" />
        <div className="grid content-start gap-4 lg:col-span-5">
          <KeysCard initial={keys} />
          {buys && balance.plan ? <BuysCard balance={balance} baseline={baseline} /> : null}
        </div>
      </div>
    </>
  );
}
