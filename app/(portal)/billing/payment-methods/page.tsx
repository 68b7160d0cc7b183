import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Methods } from "@/components/payments/methods";
import { portalPage } from "@/lib/adapters/portal/page";
import { paths } from "@/lib/kernel/paths";
import { allows } from "@/lib/kernel/permissions";
import { listCards } from "@/lib/payments";
import { addCardAction, removeCardAction, setDefaultCardAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("payments.methods");
  return { title: t("title") };
}

export default async function PaymentMethodsPage() {
  const { ctx, session } = await portalPage(paths.paymentMethods);
  return (
    <Methods
      cards={await listCards(ctx)}
      mayManage={allows(session.role, "billing.manage")}
      actions={{ add: addCardAction, setDefault: setDefaultCardAction, remove: removeCardAction }}
    />
  );
}
