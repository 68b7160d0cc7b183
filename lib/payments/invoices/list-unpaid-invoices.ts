import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { readUnpaidInvoices } from "../payment/payment-list-store";
import type { UnpaidInvoice } from "../schema";

/** Invoices that are not paid, such as a renewal's whose card was declined, with the way to pay. Errors: not_found. */
export async function listUnpaidInvoices(ctx: Context): Promise<UnpaidInvoice[]> {
  mayRead(ctx);
  return (await readUnpaidInvoices(ctx)).map(({ total, currency, createdAt, ...row }) => ({
    ...row,
    money: { amount: total.toString(), currency },
    createdAt: createdAt.toISOString(),
  }));
}
