import type { Context } from "@/lib/platform/context";
import { log } from "@/lib/platform/log";
import { syncCards } from "../cards/sync-cards";
import { invoiceOf } from "../invoices/payment-invoice";
import { syncInvoice } from "../invoices/sync-invoice";
import { checkPayment, linkPayment, type Payment } from "./payment-store";

const SOON_MS = 5_000;
const LONGEST_MS = 3_600_000;

/**
 * What follows a payment that succeeded: its invoice, and the card that was saved with it. Never fails: what the
 * provider does not do now is done by the job, with growing pauses.
 */
export async function finishPayment(ctx: Context, payment: Payment): Promise<void> {
  const { id, invoice, saveCard } = payment;
  if (invoice && payment.checkAt === null) return;
  try {
    if (saveCard) await syncCards(ctx);
    const found = invoice ?? (await invoiceOf(ctx, payment));
    if (found) {
      const row = await syncInvoice(ctx, found, id);
      await linkPayment(ctx, id, { invoice: found });
      if (row.state === "paid") return await checkPayment(ctx, id, null);
    }
  } catch (error) {
    log.warn({ err: (error as Error).message, payment: id }, "a payment has no invoice yet");
  }
  const age = ctx.now.getTime() - (payment.settledAt ?? payment.createdAt).getTime();
  const pause = Math.min(LONGEST_MS, Math.max(SOON_MS, age));
  await checkPayment(ctx, id, new Date(ctx.now.getTime() + pause));
}
