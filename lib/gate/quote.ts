import { currentCatalogue, priceCall } from "@/lib/catalogue";
import type { Catalogue, PriceLine } from "@/lib/catalogue/schema";
import { idTime, newId } from "@/lib/kernel/ids";
import { rehearseWelcome } from "@/lib/ledger";
import type { InstallationContext } from "@/lib/platform/context";
import { type Client, rehearse } from "@/lib/platform/db";
import { wireAmount } from "./answer";
import { runBatch } from "./batch-store";
import type { GateContext } from "./context";
import { type Draft, decide, operationOf } from "./draft";
import type { Operation, Outcome } from "./operation";
import { awaitsWelcome, type Payer, resolvePayer } from "./payer";
import { requireAnswer } from "./refusal";
import { DISCOUNT_LINE, type QuoteAnswer, type QuoteInput } from "./schema";
import { findTerms, type PricingTerms } from "./terms";

type Decided = { outcome: Outcome; terms: PricingTerms };

async function send(ctx: GateContext, client: Client, operation: Operation): Promise<Outcome> {
  const [outcome] = await runBatch(client, [operation], { now: ctx.simulatedAt });
  return outcome as Outcome;
}

/** The same for a call that would be an organization's first: with what that call brings it. */
function rehearseFirst(ctx: GateContext, draft: Draft): Promise<Decided> {
  const { organizationId } = draft.payer;
  return rehearse(ctx.db, async (client) => {
    const { version } = await findTerms(client, organizationId);
    await rehearseWelcome(client, { ...ctx, organizationId, now: ctx.simulatedAt ?? ctx.now }, version > 0);
    const terms = await findTerms(client, organizationId);
    return { outcome: await send(ctx, client, operationOf(draft, terms)), terms };
  });
}

/** A hold that is rolled back: the answer is what the gate itself would say, so the two can never differ. */
async function decideNothing(ctx: GateContext, draft: Draft): Promise<Decided> {
  const { billable } = draft.attempt.priced ?? { billable: false };
  if (billable && awaitsWelcome(ctx, draft.payer.organizationId)) return rehearseFirst(ctx, draft);
  return decide(ctx, draft, (operation) => rehearse(ctx.db, (client) => send(ctx, client, operation)));
}

function wireLine({ quantity, unitAmount, per, amount, ...said }: PriceLine): QuoteAnswer["lines"][number] {
  return {
    ...said,
    quantity: Number(quantity),
    unitAmount: wireAmount(unitAmount),
    per: Number(per),
    amount: wireAmount(amount),
  };
}

/** What the plan takes off what it pays, so that the lines sum to the cost. */
function discountLine({ planIndex }: Catalogue, { plan, discountPercent }: PricingTerms, discount: bigint) {
  const amount = wireAmount(-discount);
  const name = plan === null ? "Plan" : (planIndex.get(plan)?.name ?? plan);
  const label = `${name}: ${discountPercent}% off what the plan pays`;
  return { meter: DISCOUNT_LINE, quantity: 1, unitAmount: amount, per: 1, amount, label };
}

async function payerOf(ctx: InstallationContext, input: QuoteInput): Promise<Payer | undefined> {
  if (input.key !== undefined || input.organization !== undefined) return resolvePayer(ctx, input);
  const { actor } = ctx;
  if (actor.type === "key") return { organizationId: actor.organizationId, keyId: actor.keyId, generation: 0 };
  return actor.type === "user" ? { organizationId: actor.organizationId, keyId: null, generation: 0 } : undefined;
}

/**
 * The price of a call from its declared quantities: the ceiling of the hold that asks for the same. For a customer it
 * is what that customer would pay, a plan's discount included, and whether the gate would let the call through now.
 * Errors: unauthenticated, not_found, validation_failed, overloaded.
 */
export async function quote(ctx: GateContext, input: QuoteInput): Promise<QuoteAnswer> {
  const live = currentCatalogue();
  const call = {
    endpoint: input.endpoint,
    model: input.model,
    quantities: input.quantities,
    options: input.options ?? {},
  };
  const payer = await payerOf(ctx, input);
  const id = newId(ctx.simulatedAt);
  const priced = priceCall(live.catalogue, call, idTime(id));
  const lines = priced.lines.map(wireLine);
  if (!payer) return { cost: wireAmount(priced.cost), lines, affordable: null };
  const draft: Draft = {
    kind: "hold",
    secretId: ctx.actor.type === "gateway" ? ctx.actor.secretId : null,
    id,
    idempotencyKey: ` ${id}`,
    requestHash: id,
    expiresInSeconds: 1,
    occurredAt: null,
    payer,
    call,
    attributes: {},
    attempt: { priced },
    live,
  };
  const { outcome, terms } = await decideNothing(ctx, draft);
  const answered = outcome.code === "ok";
  if (outcome.code === "unauthenticated" || outcome.code === "not_found") requireAnswer(outcome);
  const discount = priced.cost - outcome.amount;
  if (discount > 0n) lines.push(discountLine(live.catalogue, terms, discount));
  return { cost: wireAmount(outcome.amount), lines, affordable: answered };
}
