import type { Metadata } from "next";
import { Methods } from "@/components/payments/methods";
import { actionsOf } from "@/lib/adapters/portal/actions-of";
import { portalPage } from "@/lib/adapters/portal/page";
import { allows } from "@/lib/kernel/permissions";
import { listCards } from "@/lib/payments";
import { addCardAction, removeCardAction, setDefaultCardAction } from "../actions";

export async function generateMetadata({
  params,
}: PageProps<"/o/[organization]/billing/payment-methods">): Promise<Metadata> {
  const { catalogue } = await portalPage({ params }, (own) => own.paymentMethods);
  return { title: catalogue.places.paymentMethods.at(-1) };
}

export default async function PaymentMethodsPage({ params }: PageProps<"/o/[organization]/billing/payment-methods">) {
  const portal = await portalPage({ params }, (own) => own.paymentMethods);
  const { ctx, session } = portal;
  return (
    <Methods
      cards={await listCards(ctx)}
      mayManage={allows(session.role, "billing.manage")}
      actions={actionsOf(portal, { add: addCardAction, setDefault: setDefaultCardAction, remove: removeCardAction })}
    />
  );
}
