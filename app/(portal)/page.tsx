import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Overview } from "@/components/overview/overview";
import { beforeQuery, HISTORY_DAYS, LATEST_QUERY, SPEND_QUERY } from "@/components/overview/question";
import { listKeys } from "@/lib/accounts";
import { currentBalance, portalPage } from "@/lib/adapters/portal/page";
import { formatAmount } from "@/lib/kernel/money";
import { paths } from "@/lib/kernel/paths";
import { balanceAnswer, balanceHistory, listTransactions } from "@/lib/ledger";
import { transactionsQuery } from "@/lib/ledger/schema";
import { usage } from "@/lib/usage";
import { usageQuery } from "@/lib/usage/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("overview");
  return { title: t("title") };
}

export default async function OverviewPage() {
  const portal = await portalPage(paths.overview);
  const { ctx, catalogue, session } = portal;
  const [has, history, spent, before, latest, keys] = await Promise.all([
    currentBalance(portal),
    balanceHistory(ctx, { days: HISTORY_DAYS }),
    usage(ctx, usageQuery.parse(SPEND_QUERY)),
    usage(ctx, usageQuery.parse(beforeQuery(ctx.now, session.organization.timeZone))),
    listTransactions(ctx, transactionsQuery.parse(LATEST_QUERY)),
    listKeys(ctx),
  ]);
  const { scale } = catalogue.unit;
  return (
    <Overview
      balance={balanceAnswer(has, catalogue)}
      history={history}
      usage={spent}
      before={before}
      transactions={latest}
      keys={keys}
      baseline={catalogue.baseline.map(({ label, cost }) => ({ label, cost: formatAmount(cost, scale) }))}
    />
  );
}
