import type { Metadata } from "next";
import { AddFunds } from "@/components/payments/add-funds";
import { NotSold } from "@/components/payments/not-sold";
import { actionsOf } from "@/lib/adapters/portal/actions-of";
import { currentBalance, portalPage } from "@/lib/adapters/portal/page";
import { shopOf, wantedOf } from "@/lib/adapters/portal/shop";
import { allows } from "@/lib/kernel/permissions";
import { balanceAnswer } from "@/lib/ledger";
import { listCards } from "@/lib/payments";
import { mayBuy } from "@/lib/topup";
import { startTopUpAction } from "../actions";

export async function generateMetadata({
  params,
}: PageProps<"/o/[organization]/billing/add-funds">): Promise<Metadata> {
  const { catalogue } = await portalPage({ params }, (own) => own.addFunds);
  return { title: catalogue.labels.topUp };
}

export default async function AddFundsPage({ params, searchParams }: PageProps<"/o/[organization]/billing/add-funds">) {
  const portal = await portalPage({ params }, (own) => own.addFunds);
  const { ctx, catalogue, session, paths } = portal;
  const title = catalogue.labels.topUp;
  const shop = shopOf(catalogue);
  const refused = (why: "none" | "role" | "plan") => (
    <NotSold
      title={title}
      why={why}
      organization={session.organization.name}
      support={catalogue.operator.support}
      paths={paths}
      shop={shop}
    />
  );
  if (!shop.topUp && shop.packs.length === 0) return refused("none");
  if (!allows(session.role, "billing.manage")) return refused("role");
  if (!(await mayBuy(ctx))) return refused("plan");
  const [cards, has, query] = await Promise.all([listCards(ctx), currentBalance(portal), searchParams]);
  return (
    <AddFunds
      title={title}
      shop={shop}
      cards={cards}
      balance={balanceAnswer(has, catalogue)}
      first={wantedOf(catalogue, query)}
      canceled={query.canceled !== undefined}
      {...actionsOf(portal, { action: startTopUpAction })}
    />
  );
}
