import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Invoices } from "@/components/payments/invoices";
import { actionsOf } from "@/lib/adapters/portal/actions-of";
import { portalPage } from "@/lib/adapters/portal/page";
import { allows } from "@/lib/kernel/permissions";
import { listPayments, listUnpaidInvoices } from "@/lib/payments";
import { paymentListQuery } from "@/lib/payments/schema";
import { requestRefundAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("payments.invoices");
  return { title: t("title") };
}

export default async function InvoicesPage({ params }: PageProps<"/o/[organization]/billing/invoices">) {
  const portal = await portalPage({ params }, (own) => own.invoices);
  const { ctx, catalogue, session } = portal;
  const { currency, digits, symbol } = catalogue.payment;
  const { refunds, refundReview } = catalogue.policy;
  const [initial, unpaid] = await Promise.all([listPayments(ctx, paymentListQuery.parse({})), listUnpaidInvoices(ctx)]);
  return (
    <Invoices
      initial={initial}
      unpaid={unpaid}
      money={{ currency, digits, symbol }}
      policy={{ text: refunds, review: refundReview, owner: allows(session.role, "billing.manage") }}
      {...actionsOf(portal, { refundAction: requestRefundAction })}
    />
  );
}
