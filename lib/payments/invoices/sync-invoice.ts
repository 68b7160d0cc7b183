import type Stripe from "stripe";
import { isUuid } from "@/lib/kernel/ids";
import type { OrganizationDb } from "@/lib/platform/context";
import { stripe } from "../provider/client";
import { mapProviderErrors } from "../provider/provider-error";
import { type InvoiceRow, keepInvoice } from "./invoice-store";

const atSeconds = (seconds: number) => new Date(seconds * 1_000);

const STATES = ["draft", "open", "paid", "void", "uncollectible"] as const;

function rowOf(invoice: Stripe.Invoice, paymentId: string | null): InvoiceRow {
  const named = invoice.metadata?.payment;
  const paidAt = invoice.status_transitions.paid_at;
  return {
    id: invoice.id ?? "",
    number: invoice.number,
    state: STATES.find((state) => state === invoice.status) ?? "draft",
    total: BigInt(invoice.total),
    currency: invoice.currency.toUpperCase(),
    description: invoice.description ?? invoice.lines.data[0]?.description ?? "",
    paymentId: paymentId ?? (named && isUuid(named) ? named : null),
    createdAt: atSeconds(invoice.created),
    paidAt: paidAt ? atSeconds(paidAt) : null,
  };
}

/**
 * Makes our row equal to what the provider has of an invoice; `paymentId` is the payment that it is for, where the
 * caller knows. Errors: not_found, upstream_failed.
 */
export async function syncInvoice(
  ctx: OrganizationDb,
  id: string,
  paymentId: string | null = null,
): Promise<InvoiceRow> {
  const row = rowOf(await mapProviderErrors(() => stripe().invoices.retrieve(id)), paymentId);
  await keepInvoice(ctx, row);
  return row;
}
