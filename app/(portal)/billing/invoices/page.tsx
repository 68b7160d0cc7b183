import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Invoices } from "@/components/payments/invoices";
import { portalPage } from "@/lib/adapters/portal/page";
import { paths } from "@/lib/kernel/paths";
import { allows } from "@/lib/kernel/permissions";
import { listPayments } from "@/lib/payments";
import { paymentListQuery } from "@/lib/payments/schema";
import { requestRefundAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("payments.invoices");
  return { title: t("title") };
}

export default async function InvoicesPage() {
  const { ctx, catalogue, session } = await portalPage(paths.invoices);
  const { currency, digits, symbol } = catalogue.payment;
  const { refunds, refundReview } = catalogue.policy;
  return (
    <Invoices
      initial={await listPayments(ctx, paymentListQuery.parse({}))}
      money={{ currency, digits, symbol }}
      policy={{ text: refunds, review: refundReview, owner: allows(session.role, "billing.manage") }}
      refundAction={requestRefundAction}
    />
  );
}
