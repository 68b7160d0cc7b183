import type { Metadata } from "next";
import { Plans } from "@/components/plans/plans";
import { actionsOf } from "@/lib/adapters/portal/actions-of";
import { requireOffered } from "@/lib/adapters/portal/offered";
import { currentBalance, portalPage } from "@/lib/adapters/portal/page";
import { returnedPlan } from "@/lib/adapters/portal/returned-plan";
import { formatAmount } from "@/lib/kernel/money";
import { allows } from "@/lib/kernel/permissions";
import { balance, balanceAnswer } from "@/lib/ledger";
import { listPlans } from "@/lib/plans";
import {
  cancelPlanAction,
  changePlanAction,
  choosePlanAction,
  previewChangeAction,
  resumePlanAction,
  setPaygAction,
} from "./actions";

export async function generateMetadata({
  params,
}: PageProps<"/o/[organization]/billing/subscription">): Promise<Metadata> {
  const { catalogue } = await portalPage({ params }, (own) => own.subscription);
  return { title: catalogue.places.subscription.at(-1) };
}

export default async function SubscriptionPage({
  params,
  searchParams,
}: PageProps<"/o/[organization]/billing/subscription">) {
  const portal = await portalPage({ params }, (own) => own.subscription);
  await requireOffered(portal);
  const { ctx, catalogue, session } = portal;
  const { payg, unit } = catalogue;
  const { payment } = await searchParams;
  // What the reader comes back from is settled first, so that the page shows it.
  const returned = typeof payment === "string" ? await returnedPlan(ctx, payment) : null;
  // The frame read its balance before that.
  const [list, has] = await Promise.all([listPlans(ctx), returned ? balance(ctx) : currentBalance(portal)]);
  return (
    <Plans
      list={list}
      balance={balanceAnswer(has, catalogue)}
      mayChange={allows(session.role, "billing.manage")}
      returned={returned}
      support={catalogue.operator.support}
      guide={catalogue.planGuide}
      limitPresets={payg.mode === "toggle" ? payg.limitPresets.map((limit) => formatAmount(limit, unit.scale)) : null}
      actions={actionsOf(portal, {
        choose: choosePlanAction,
        preview: previewChangeAction,
        change: changePlanAction,
        cancel: cancelPlanAction,
        resume: resumePlanAction,
        setPayg: setPaygAction,
      })}
    />
  );
}
