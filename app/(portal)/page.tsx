import type { Metadata } from "next";
import { Overview } from "@/components/overview/overview";
import { LATEST, SPEND_QUERY } from "@/components/overview/question";
import { portalPage } from "@/lib/adapters/portal/page";
import { formatAmount } from "@/lib/kernel/money";
import { paths } from "@/lib/kernel/paths";
import { balance, balanceAnswer, listTransactions } from "@/lib/ledger";
import { transactionsQuery } from "@/lib/ledger/schema";
import { usage } from "@/lib/usage";
import { usageQuery } from "@/lib/usage/schema";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage() {
  const { ctx, catalogue } = await portalPage(paths.overview);
  const [has, spent, latest] = await Promise.all([
    balance(ctx),
    usage(ctx, usageQuery.parse(SPEND_QUERY)),
    listTransactions(ctx, transactionsQuery.parse({ limit: String(LATEST) })),
  ]);
  const { scale } = catalogue.unit;
  return (
    <Overview
      balance={balanceAnswer(has, catalogue)}
      usage={spent}
      transactions={latest}
      baseline={catalogue.baseline.map(({ label, cost }) => ({ label, cost: formatAmount(cost, scale) }))}
    />
  );
}
