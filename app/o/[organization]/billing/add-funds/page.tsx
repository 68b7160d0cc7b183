import type { Metadata } from "next";
import type { ReactNode } from "react";
import { AutoTopUp } from "@/components/auto-top-up/auto-top-up";
import { AddFunds } from "@/components/payments/add-funds";
import { NotSold } from "@/components/payments/not-sold";
import { GuideCard } from "@/components/plans/guide-card";
import { actionsOf } from "@/lib/adapters/portal/actions-of";
import { autoTopUpOf } from "@/lib/adapters/portal/auto-top-up";
import { requireOffered } from "@/lib/adapters/portal/offered";
import { currentBalance, portalPage } from "@/lib/adapters/portal/page";
import type { PortalRequest } from "@/lib/adapters/portal/session";
import { shopOf, wantedOf } from "@/lib/adapters/portal/shop";
import { sharesPlace } from "@/lib/kernel/paths";
import { allows } from "@/lib/kernel/permissions";
import { balanceAnswer } from "@/lib/ledger";
import { listCards } from "@/lib/payments";
import { mayBuy } from "@/lib/topup";
import { startTopUpAction } from "../actions";
import { setAutoTopUpAction, switchOffAutoTopUpAction } from "../auto-top-up/actions";

type Props = PageProps<"/o/[organization]/billing/add-funds">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { catalogue } = await portalPage({ params }, (own) => own.addFunds);
  return { title: catalogue.places.addFunds.at(-1) };
}

/** The form of a purchase, or why there is none. */
async function purchase(portal: PortalRequest, query: Awaited<Props["searchParams"]>): Promise<ReactNode> {
  const { ctx, catalogue, session, paths } = portal;
  const title = catalogue.labels.topUp;
  const shop = shopOf(catalogue);
  const why = allows(session.role, "billing.manage") ? ((await mayBuy(ctx)) ? undefined : "plan") : "role";
  if (why) return <NotSold {...{ title, why, paths, shop }} organization={session.organization.name} />;
  const [cards, has] = await Promise.all([listCards(ctx), currentBalance(portal)]);
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

export default async function AddFundsPage({ params, searchParams }: Props) {
  const portal = await portalPage({ params }, (own) => own.addFunds);
  await requireOffered(portal);
  const { places, planGuide: guide } = portal.catalogue;
  const shared = sharesPlace(places);
  const [form, { plan }, automatic] = await Promise.all([
    purchase(portal, await searchParams),
    currentBalance(portal),
    shared ? autoTopUpOf(portal) : undefined,
  ]);
  return (
    <div className="grid gap-8">
      {form}
      {guide && plan === null ? <GuideCard guide={guide} className="max-w-2xl" /> : null}
      {automatic ? (
        <div id="auto-top-up" className="scroll-mt-20">
          <AutoTopUp
            {...automatic}
            actions={actionsOf(portal, { set: setAutoTopUpAction, switchOff: switchOffAutoTopUpAction })}
          />
        </div>
      ) : null}
    </div>
  );
}
