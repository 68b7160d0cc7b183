import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { log } from "@/lib/platform/log";
import type { PaymentAnswer } from "../schema";
import { noSuchPayment, ownPayment } from "./own-payment";
import { paymentAnswer } from "./payment-answer";
import { readListedPayment } from "./payment-list-store";
import { settlePayment } from "./settle-payment";

export type RefreshedPayment = {
  payment: PaymentAnswer;
  /** Where its payer continues at the provider; null when there is nothing to do. */
  redirect: string | null;
};

/**
 * The state of a payment after a read from the provider, for a returning browser. If the provider does not respond, it
 * returns our last state, and the job continues. `id` is pay_…. Errors: not_found.
 */
export async function refreshPayment(ctx: Context, { id }: { id: string }): Promise<RefreshedPayment> {
  mayRead(ctx);
  const paymentId = ownPayment(ctx, id);
  let redirect: string | null = null;
  try {
    redirect = (await settlePayment(ctx, paymentId)).redirect;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === "not_found") throw noSuchPayment();
    log.warn({ err: message, payment: paymentId }, "a payment was not settled immediately");
  }
  const row = await readListedPayment(ctx, paymentId);
  if (!row) throw noSuchPayment();
  return { payment: paymentAnswer(ctx.organizationId, row), redirect };
}
