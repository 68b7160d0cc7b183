import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { PageHeader } from "@/components/layout/page-header";
import { BillingSections } from "@/components/payments/sections";
import { SuspendedCharges } from "@/components/payments/suspended-charges";
import { actionsOf } from "@/lib/adapters/portal/actions-of";
import { currentPortal } from "@/lib/adapters/portal/page";
import { allows } from "@/lib/kernel/permissions";
import { chargeSuspension } from "@/lib/payments";
import { resumeChargesAction } from "./actions";

export default async function BillingLayout({ params, children }: LayoutProps<"/o/[organization]/billing">) {
  const portal = await currentPortal({ params });
  if (!portal) return children;
  const suspension = await chargeSuspension(portal.ctx);
  return (
    <>
      <Breadcrumbs />
      <PageHeader title={portal.catalogue.places.billing.at(-1) ?? ""} />
      <BillingSections />
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
