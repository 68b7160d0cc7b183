import { TollgateError } from "@/lib/kernel/errors";
import { newId, publicId } from "@/lib/kernel/ids";
import { requestHash } from "@/lib/kernel/request-hash";
import { fundingOf, transactionId, wireAmount } from "./answer";
import { recordLateUsage } from "./call-store";
import { type GateContext, requireGateway, requireWorkingSecret } from "./context";
import { reportedAt } from "./draft";
import { type FoundHold, findHold } from "./hold-terms";
import type { Outcome } from "./operation";
import { resolvePayer } from "./payer";
import { requireAnswer } from "./refusal";
import type { LateChargeAnswer, LateChargeInput } from "./schema";
import { catalogueOfHold, reportedUsage } from "./settle";

/** What the request says beside the hold must be the hold's own. */
async function requireAgreement(ctx: GateContext, { terms, organizationId }: FoundHold, body: LateChargeInput) {
  const other = (field: string) =>
    new TollgateError("validation_failed", `The hold has another ${field}. Leave the field out.`, { field });
  if (body.endpoint !== undefined && body.endpoint !== terms.endpoint) throw other("endpoint");
  if (body.model !== undefined && body.model !== terms.model) throw other("model");
  if (body.key === undefined && body.organization === undefined) return;
  const payer = await resolvePayer(ctx, body);
  const field = body.key === undefined ? "organization" : "key";
  if (payer.organizationId !== organizationId || (field === "key" && payer.keyId !== terms.keyId)) throw other(field);
}

function requireLate(outcome: Outcome, unpriced: unknown): void {
  if (outcome.code === "ended" && outcome.detail === "open") {
    throw new TollgateError("conflict", "The hold is open. Settle it.", { state: "open" });
  }
  if (outcome.code === "ended" && outcome.detail === "late") {
    throw new TollgateError("conflict", "The late usage of this hold is already recorded.", { state: "expired" });
  }
  requireAnswer(outcome, unpriced);
}

/**
 * Records usage that came after its hold had expired, once per hold and priced as the hold was: pays what can be paid,
 * and owes the rest unless the catalogue leaves it unfunded. No limit refuses it; it counts where its hold did.
 * Errors: unauthenticated, not_found, conflict (the hold did not expire, or its usage is recorded), validation_failed,
 * overloaded.
 */
export async function chargeLate(ctx: GateContext, input: LateChargeInput): Promise<LateChargeAnswer> {
  const { idempotencyKey, ...body } = input;
  requireGateway(ctx);
  const occurredAt = reportedAt(ctx.now, body.occurredAt);
  await requireWorkingSecret(ctx);
  const found = await findHold(ctx.db, body.hold);
  await requireAgreement(ctx, found, input);
  const catalogue = await catalogueOfHold(ctx, found);
  const { error, ...used } = reportedUsage(found, catalogue, body);
  const row = await recordLateUsage(
    ctx.db,
    found,
    {
      ...used,
      eventId: newId(ctx.simulatedAt),
      actual: catalogue.settlement === "actual",
      owes: catalogue.lateUsage === "debt",
      occurredAt,
      rollupTags: catalogue.tags.rollup,
    },
    { idempotencyKey, requestHash: requestHash(body), simulatedAt: ctx.simulatedAt },
  );
  const amounts = { amount: row.amount ?? 0n, amountPlan: row.amount_plan ?? 0n, available: row.available ?? 0n };
  const rest = { released: 0n, waived: row.waived ?? 0n, expiresAt: 0, transactionSeq: row.transaction_seq ?? 0n };
  requireLate({ code: row.outcome, id: row.id, ...amounts, ...rest, detail: row.detail }, error);
  return {
    id: publicId("chg", found.organizationId, row.id),
    cost: wireAmount(amounts.amount),
    funding: fundingOf(amounts),
    transaction: transactionId(found.organizationId, rest.transactionSeq),
    available: wireAmount(amounts.available),
    hold: body.hold,
    owed: wireAmount(row.owed ?? 0n),
    waived: wireAmount(rest.waived),
    unfunded: wireAmount(row.unfunded ?? 0n),
  };
}
