import { currentCatalogue } from "@/lib/catalogue";
import { publicId } from "@/lib/kernel/ids";
import { formatAmount } from "@/lib/kernel/money";
import type { PaymentAnswer } from "../schema";
import type { ListedPayment } from "./payment-list-store";

/** A payment as the browser may know it. */
export function paymentAnswer(organizationId: string, row: ListedPayment): PaymentAnswer {
  const { currency, failureCode: code, failureMessage: message, invoice, invoiceNumber, invoiceState, refunded } = row;
  return {
    id: publicId("pay", organizationId, row.id),
    purpose: row.purpose,
    state: row.state,
    money: { amount: row.amount.toString(), currency },
    credit: formatAmount(row.credit, currentCatalogue().catalogue.unit.scale),
    description: row.description,
    pack: row.pack,
    plan: row.plan,
    card: row.card,
    failure: message === null ? null : { code, message },
    createdAt: row.createdAt.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
    invoice: invoice ? { id: invoice, number: invoiceNumber, state: invoiceState ?? "draft" } : null,
    refunded: refunded === 0n ? null : { amount: refunded.toString(), currency },
    disputed: row.disputed,
  };
}
