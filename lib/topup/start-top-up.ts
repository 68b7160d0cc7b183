import { audited } from "@/lib/audit";
import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { newId, publicId } from "@/lib/kernel/ids";
import { checkInput } from "@/lib/kernel/input";
import { formatMinor } from "@/lib/kernel/minor-units";
import { ownPaths } from "@/lib/kernel/own-paths";
import { requestHash } from "@/lib/kernel/request-hash";
import { chargeCard, listCards, openCheckout, openPayment, type Payment, readPayment } from "@/lib/payments";
import { requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { mayBuy } from "./may-buy";
import { type Bought, priceTopUp } from "./price-top-up";
import { type StartTopUp, startTopUpSchema, type TopUpAnswer } from "./top-up-schema";

/** Time for the browser to load the provider's page. */
const FIRST_LOOK_MS = 60_000;
const SCOPE = "top-up:";

type TopUpRequest = ReturnType<typeof startTopUpSchema.parse>;

async function requireAllowed(ctx: Context, { card }: TopUpRequest): Promise<void> {
  if (!(await mayBuy(ctx))) {
    throw new TollgateError(
      "plan_limit_reached",
      "Only organizations on a paid plan can buy credit. Choose a plan first.",
    );
  }
  if (card === undefined) return;
  if ((await listCards(ctx)).some(({ id }) => id === card)) return;
  throw new TollgateError("validation_failed", "This card is no longer saved. Choose another card.", {
    field: "card",
  });
}

/** Freezes the purchase and its price, before the request to the provider. */
async function open(ctx: Context, requested: TopUpRequest, bought: Bought): Promise<Payment> {
  const { key, ...request } = requested;
  const { actor, now, organizationId } = ctx;
  const { digits } = currentCatalogue().catalogue.payment;
  const id = await audited(ctx, async (client) => {
    const opened = await openPayment(client, ctx, {
      ...bought,
      id: newId(now),
      purpose: "top_up",
      idempotencyKey: `${SCOPE}${key}`,
      requestHash: requestHash(request),
      createdBy: actor.type === "user" ? actor.userId : null,
      paymentMethod: requested.card ?? null,
      saveCard: requested.saveCard && requested.card === undefined,
      checkAt: new Date(now.getTime() + FIRST_LOOK_MS),
    });
    const object = {
      type: "payment",
      id: publicId("pay", organizationId, opened.id),
      name: bought.description,
    } as const;
    const after = { paid: `${formatMinor(bought.amount, digits)} ${bought.currency}`, pack: bought.pack };
    return { answer: opened.id, audit: opened.replayed ? null : { action: "payment.started", object, after } };
  });
  return (await readPayment(ctx, id)) as Payment;
}

function refusedBy({ failureMessage }: Payment): TollgateError {
  return new TollgateError("payment_required", failureMessage ?? "The payment failed. Nothing was charged.");
}

/** Charges the saved card. A refusal has the bank's message. */
async function chargeSavedCard(ctx: Context, payment: Payment, returnTo: string, answer: Omit<TopUpAnswer, "state">) {
  const charged = await chargeCard(ctx, { paymentId: payment.id, returnUrl: returnTo });
  if (charged.outcome === "declined" || charged.outcome === "authentication_required") {
    throw new TollgateError("payment_required", charged.message);
  }
  if (charged.outcome === "redirect") return { ...answer, state: "open", redirect: charged.url } as const;
  return { ...answer, state: charged.outcome === "succeeded" ? "succeeded" : "open" } as const;
}

/**
 * Buys credit: an amount or a pack, at the catalogue's price, with a saved card or on the provider's page. The same key
 * again is the same payment, which is never charged twice. `origin` is the portal's address in the browser.
 * Errors: forbidden, validation_failed (amount, pack, card, or the key was used with another purchase),
 * plan_limit_reached (only paid plans buy), payment_required (declined), upstream_failed.
 */
export async function startTopUp(ctx: Context, input: StartTopUp, origin: string): Promise<TopUpAnswer> {
  requirePermission(ctx, "billing.manage");
  const requested = checkInput(startTopUpSchema, input);
  const bought = priceTopUp(currentCatalogue(), requested);
  await requireAllowed(ctx, requested);
  const payment = await open(ctx, requested, bought);
  const id = publicId("pay", ctx.organizationId, payment.id);
  const paths = ownPaths(ctx.organizationId);
  const back = `${paths.paymentReturn}?payment=${id}`;
  const answer = { payment: id, redirect: back };
  if (payment.state === "succeeded") return { ...answer, state: "succeeded" };
  if (payment.state !== "open") throw refusedBy(payment);
  if (payment.paymentMethod !== null) return chargeSavedCard(ctx, payment, `${origin}${back}`, answer);
  const to = { success: `${origin}${back}`, cancel: `${origin}${paths.addFunds}?canceled=${id}` };
  return { ...answer, state: "open", redirect: (await openCheckout(ctx, payment, to)).url };
}
