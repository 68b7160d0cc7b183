import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/layout/page-header";
import { BillingSections } from "@/components/payments/sections";
import { SuspendedCharges } from "@/components/payments/suspended-charges";
import { actionsOf } from "@/lib/adapters/portal/actions-of";
import { currentPortal, requireOffered } from "@/lib/adapters/portal/page";
import { allows } from "@/lib/kernel/permissions";
import { chargeSuspension } from "@/lib/payments";
import { resumeChargesAction } from "./actions";

export default async function BillingLayout({ params, children }: LayoutProps<"/o/[organization]/billing">) {
  const portal = await currentPortal({ params });
  if (!portal) return children;
  await requireOffered(portal);
  const [t, suspension] = await Promise.all([getTranslations("payments.sections"), chargeSuspension(portal.ctx)]);
  const billing = await getTranslations("billing");
  const { paths: places, plans, packs, topUp, autoTopUp, labels } = portal.catalogue;
  // Where the operator's documentation names the page itself, the part keeps our word.
  const last = (place: readonly string[], otherwise: string) => {
    const name = place.at(-1);
    return name && !places.balance.includes(name) ? name : otherwise;
  };
  const names = {
    topUp: topUp || packs.length > 0 ? labels.topUp : null,
    autoTopUp: autoTopUp ? labels.autoTopUp : null,
    plan: plans.length > 0 ? last(places.plan, t("subscription")) : null,
    methods: last(places.paymentMethods, t("paymentMethods")),
  };
  return (
    <>
      <PageHeader
        title={billing("title")}
        {...(places.balance.length > 1 && { description: places.balance.join(" → ") })}
      />
      <BillingSections names={names} />
      {suspension ? (
        <SuspendedCharges
          of={suspension}
          owner={allows(portal.session.role, "billing.manage")}
          {...actionsOf(portal, { action: resumeChargesAction })}
        />
      ) : null}
      {children}
    </>
  );
}
