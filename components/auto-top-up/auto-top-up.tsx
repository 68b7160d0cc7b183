"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useBalance } from "@/components/data/queries";
import type { BalanceAnswer } from "@/lib/ledger/schema";
import type { AutoTopUpFacts } from "./facts";
import { HistoryCard } from "./history-card";
import { MonthCard } from "./month-card";
import { RuleCard } from "./rule-card";
import { StateLine } from "./state-line";

const LOOK_MS = 2_000;

/** The page reloads when the balance changes, and while a payment is in progress, which may end without a change. */
function useFresh(state: string, balance: BalanceAnswer): void {
  const router = useRouter();
  const { data = balance } = useBalance(balance);
  const now = `${data.available} ${data.autoTopUp.state} ${data.autoTopUp.reason}`;
  const shown = `${balance.available} ${balance.autoTopUp.state} ${balance.autoTopUp.reason}`;
  useEffect(() => {
    if (now !== shown) router.refresh();
  }, [now, shown, router]);
  useEffect(() => {
    if (state !== "charging") return;
    const timer = setInterval(() => router.refresh(), LOOK_MS);
    return () => clearInterval(timer);
  }, [state, router]);
}

/** Auto top-up: its state, its rule, the month's charges, and its history. */
export function AutoTopUp({ balance, ...facts }: AutoTopUpFacts & { balance: BalanceAnswer }) {
  useFresh(facts.standing.state, balance);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-12">
      <StateLine facts={facts} />
      <RuleCard facts={facts} />
      <MonthCard {...facts} />
      <HistoryCard {...facts} />
    </div>
  );
}
