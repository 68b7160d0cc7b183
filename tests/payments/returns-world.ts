/** Customers who have really paid at the local Stripe, whose events come into the inbox and are applied by hand. */
import { eventHandlers } from "@/lib/adapters/webhook/handlers";
import { newId, publicId } from "@/lib/kernel/ids";
import { applyNextEvent, openPayment, receiveEvent, settlePayment } from "@/lib/payments";
import { linkPayment } from "@/lib/payments/payment/payment-store";
import type { InstallationContext } from "@/lib/platform/context";
import { changeOrganization } from "@/lib/platform/db";
import { type Customer, customer, openWorld } from "../gate/world";
import { openSandbox } from "../sandbox/world";

export async function openReturns() {
  const ctx = await openWorld();
  const { stripe, test } = await openSandbox();
  const job = (at = new Date()): InstallationContext => ({ actor: { type: "job" }, now: at, db: ctx.db });
  test.onWebhook(async (request) => {
    const signature = request.headers.get("stripe-signature");
    await receiveEvent(job(), { body: await request.text(), signature });
    return new Response();
  });

  /** A purchase whose charge the provider knows; `told` false: neither its id nor its success has reached us yet. */
  async function buys(who: Customer, { amount = 1_000, credit = 100n, told = true, card = "pm_card_visa" } = {}) {
    const id = newId();
    const { organizationId } = who;
    await changeOrganization(ctx.db, organizationId, (client) =>
      openPayment(client, who.ctx, {
        ...{ id, purpose: "top_up", amount: BigInt(amount), currency: "EUR", credit, description: "100 credits" },
        ...{ catalogueVersion: 1, idempotencyKey: id, requestHash: id },
      }),
    );
    const intent = await stripe.paymentIntents.create({
      ...{ amount, currency: "eur", payment_method: card, confirm: true, off_session: true },
      metadata: { organization: organizationId, payment: id },
    });
    if (told) {
      await linkPayment(who.ctx, id, { intent: intent.id });
      await settlePayment(who.ctx, id);
    }
    return { id, payment: publicId("pay", organizationId, id), intent: intent.id };
  }

  return {
    ctx,
    stripe,
    test,
    job,
    buys,
    customer: () => customer(ctx),
    /** Waits until nothing is under way and applies what the inbox has. Answers what became of each event. */
    async apply(): Promise<string[]> {
      await test.delivered();
      const ends: string[] = [];
      for (;;) {
        const end = await applyNextEvent(job(), eventHandlers);
        if (end === "none") return ends;
        ends.push(end);
      }
    },
  };
}
