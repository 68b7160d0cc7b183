import { TollgateError } from "@/lib/kernel/errors";
import { newId, publicId } from "@/lib/kernel/ids";
import { requestHash } from "@/lib/kernel/request-hash";
import { fundingOf, transactionId, wireAmount } from "./answer";
import { type GateContext, requireGateway } from "./context";
import { reportedAt } from "./draft";
import { type FoundHold, findHold } from "./hold-terms";
import type { Outcome } from "./operation";
import { requireWorkingSecret, resolvePayer } from "./payer";
import { requireAnswer } from "./refusal";
import { retryOnLockTimeout } from "./retry-on-lock-timeout";
import type { LateChargeAnswer, LateChargeInput } from "./schema";
import { catalogueOfHold, reportedUsage } from "./settle";

type Row = { outcome: Outcome["code"]; id: string; detail: string | null } & Record<
  "amount" | "amount_plan" | "owed" | "waived" | "unfunded" | "available" | "transaction_seq",
  string | null
>;

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

const SQL = `SELECT * FROM ledger.charge_late($1, $2, $3, $4, $5, $6, $7, $8::bigint[], $9, $10, $11, $12, $13, $14)`;

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
  const { rows } = await retryOnLockTimeout(() =>
    ctx.db.gate.query<Row>(SQL, [
      ...[found.organizationId, found.id, newId(ctx.simulatedAt), used.price, used.planPrice],
      ...[catalogue.settlement === "actual", catalogue.lateUsage === "debt", used.quantities, used.options, occurredAt],
      ...[idempotencyKey, requestHash(body), catalogue.tags.rollup, ctx.simulatedAt ?? null],
    ]),
  );
  const row = rows[0] as Row;
  const of = (column: Exclude<keyof Row, "outcome" | "id" | "detail">) => BigInt(row[column] ?? 0);
  const amounts = { amount: of("amount"), amountPlan: of("amount_plan"), available: of("available") };
  const rest = { released: 0n, waived: of("waived"), expiresAt: 0, transactionSeq: of("transaction_seq") };
  requireLate({ code: row.outcome, id: row.id, ...amounts, ...rest, detail: row.detail }, error);
  return {
    id: publicId("chg", found.organizationId, row.id),
    cost: wireAmount(amounts.amount),
    funding: fundingOf(amounts),
    transaction: transactionId(found.organizationId, rest.transactionSeq),
    available: wireAmount(amounts.available),
    hold: body.hold,
    owed: wireAmount(of("owed")),
    waived: wireAmount(rest.waived),
    unfunded: wireAmount(of("unfunded")),
  };
}
