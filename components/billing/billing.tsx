"use client";
import { useTranslations } from "next-intl";
import { AvailableAmount } from "@/components/balance/balance-card";
import { useRecommended } from "@/components/balance/recommended";
import { BalanceParts } from "@/components/balance/split-bar";
import { LatestTransactions } from "@/components/calls/latest-transactions";
import { useFacts } from "@/components/context/facts";
import { useBalance } from "@/components/data/queries";
import { Card } from "@/components/ui/card";
import type { BalanceAnswer, Cycle, GrantList, TransactionList } from "@/lib/ledger/schema";
import { GrantsCard } from "./grants-card";

import { type PlanFacts, SubscriptionCard } from "./subscription-card";

type Props = {
  balance: BalanceAnswer;
  grants: GrantList;
  latest: TransactionList;
  subscription: { facts: PlanFacts; cycle: Cycle } | null;
  operator: string;
};

function BalanceByBucket({ balance }: { balance: BalanceAnswer }) {
  const t = useTranslations("billing.balance");
  const recommended = useRecommended();
  return (
    <Card aria-labelledby="balance" className="lg:col-span-5">
      <h2 id="balance" className="text-muted">
        {t("available")}
      </h2>
      <AvailableAmount balance={balance} />
      <BalanceParts balance={balance} />
      <p className="mt-3 text-muted text-sm">
        {t("caption")} {recommended}
      </p>
    </Card>
  );
}

/** The balance, its sources and the plan. */
export function Billing({ balance: first, grants, latest, subscription, operator }: Props) {
  const { places } = useFacts();
  const { data: balance = first } = useBalance(first);
  const planned = subscription !== null && balance.plan !== null;
  return (
    <div className="grid gap-4 lg:grid-cols-12">
      <BalanceByBucket balance={balance} />
      {planned ? (
        <SubscriptionCard
          title={places.subscription.at(-1) ?? ""}
          facts={subscription.facts}
          cycle={subscription.cycle}
          balance={balance}
        />
      ) : (
        <LatestTransactions initial={latest} className="lg:col-span-7" />
      )}
      <GrantsCard initial={grants} operator={operator} />
      {planned ? <LatestTransactions initial={latest} className="lg:col-span-12" /> : null}
    </div>
  );
}
