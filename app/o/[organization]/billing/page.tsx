import type { Metadata } from "next";
import { Billing } from "@/components/billing/billing";
import { LATEST_QUERY } from "@/components/calls/latest-query";
import { currentBalance, portalPage } from "@/lib/adapters/portal/page";
import { balanceAnswer, currentCycle, listGrants, listTransactions } from "@/lib/ledger";
import { transactionsQuery } from "@/lib/ledger/schema";

export async function generateMetadata({ params }: PageProps<"/o/[organization]/billing">): Promise<Metadata> {
  const { catalogue } = await portalPage({ params }, (own) => own.billing);
  return { title: catalogue.places.billing.at(-1) };
}

export default async function BillingPage({ params }: PageProps<"/o/[organization]/billing">) {
  const portal = await portalPage({ params }, (own) => own.billing);
  const { ctx, catalogue } = portal;
  const [has, grants, cycle, latest] = await Promise.all([
    currentBalance(portal),
    listGrants(ctx),
    currentCycle(ctx),
    listTransactions(ctx, transactionsQuery.parse(LATEST_QUERY)),
  ]);
  const plan = cycle && catalogue.planIndex.get(cycle.plan);
  const { name, note, limits } = plan ?? { name: cycle?.plan ?? "", note: null, limits: {} };
  return (
    <Billing
      balance={balanceAnswer(has, catalogue)}
      grants={grants}
      latest={latest}
      subscription={cycle && { facts: { name, note, limits }, cycle }}
      operator={catalogue.operator.name}
    />
  );
}
