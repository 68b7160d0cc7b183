import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { LATEST_QUERY } from "@/components/calls/latest-query";
import type { Baseline } from "@/components/overview/buys-card";
import { Overview } from "@/components/overview/overview";
import { beforeQuery, HISTORY_DAYS, spendQuery } from "@/components/overview/question";
import { Spending } from "@/components/overview/spending";
import { SpendingSkeleton } from "@/components/overview/spending-skeleton";
import { listKeyLimits } from "@/lib/accounts";
import { catalogueFacts } from "@/lib/adapters/portal/catalogue-facts";
import { currentBalance, portalPage } from "@/lib/adapters/portal/page";
import type { PortalRequest } from "@/lib/adapters/portal/session";
import { formatAmount } from "@/lib/kernel/money";
import { balanceAnswer, balanceHistory, listTransactions } from "@/lib/ledger";
import type { BalanceAnswer } from "@/lib/ledger/schema";
import { transactionsQuery } from "@/lib/ledger/schema";
import { usage } from "@/lib/usage";
import { usageQuery } from "@/lib/usage/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("overview");
  return { title: t("title") };
}

type Lower = { portal: PortalRequest; balance: BalanceAnswer; baseline: readonly Baseline[] };

/** Reads whose time grows with the number of calls, so the balance does not wait for them. */
async function LowerHalf({ portal, ...shown }: Lower) {
  const { ctx, session, catalogue } = portal;
  const models = { models: catalogueFacts(catalogue, false).models };
  const [spent, before, latest, keys] = await Promise.all([
    usage(ctx, usageQuery.parse(spendQuery(models))),
    usage(ctx, usageQuery.parse(beforeQuery(models, ctx.now, session.organization.timeZone))),
    listTransactions(ctx, transactionsQuery.parse(LATEST_QUERY)),
    listKeyLimits(ctx),
  ]);
  return <Spending {...shown} usage={spent} before={before} transactions={latest} keys={keys} />;
}

export default async function OverviewPage({ params }: PageProps<"/o/[organization]">) {
  const portal = await portalPage({ params }, (own) => own.overview);
  const { ctx, catalogue } = portal;
  const [has, history] = await Promise.all([currentBalance(portal), balanceHistory(ctx, { days: HISTORY_DAYS })]);
  const { scale } = catalogue.unit;
  const balance = balanceAnswer(has, catalogue);
  const baseline = catalogue.baseline.map(({ label, singular, cost }) => {
    return { label, singular, cost: formatAmount(cost, scale) };
  });
  return (
    <Overview balance={balance} history={history} baseline={baseline}>
      <Suspense fallback={<SpendingSkeleton />}>
        <LowerHalf portal={portal} balance={balance} baseline={baseline} />
      </Suspense>
    </Overview>
  );
}
