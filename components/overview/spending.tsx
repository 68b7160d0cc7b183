"use client";
import { LatestTransactions } from "@/components/calls/latest-transactions";
import { useBalance } from "@/components/data/queries";
import type { UnsummedKeyList } from "@/lib/accounts/schema";
import type { BalanceAnswer, TransactionList } from "@/lib/ledger/schema";
import type { UsageAnswer } from "@/lib/usage/schema";
import { type Baseline, BuysCard } from "./buys-card";
import { KeysCard } from "./keys-card";
import { SpendCard } from "./spend-card";

type Props = {
  balance: BalanceAnswer;
  usage: UsageAnswer;
  before: UsageAnswer;
  transactions: TransactionList;
  keys: UnsummedKeyList;
  baseline: readonly Baseline[];
};

/** Where the balance went: by day and model, the latest movements, and the keys that may spend little more. */
export function Spending({ balance: first, usage, before, transactions, keys, baseline }: Props) {
  const { data: balance = first } = useBalance(first);
  return (
    <>
      <SpendCard initial={usage} before={before} />
      <LatestTransactions initial={transactions} className="lg:col-span-7" />
      <div className="grid content-start gap-4 lg:col-span-5">
        <KeysCard initial={keys} />
        {baseline.length > 0 && balance.plan ? <BuysCard balance={balance} baseline={baseline} /> : null}
      </div>
    </>
  );
}
