import { type AuditRecord, audited } from "@/lib/audit";
import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { publicId, sequenceUuid } from "@/lib/kernel/ids";
import { formatAmount, MAX_AMOUNT } from "@/lib/kernel/money";
import { requestHash } from "@/lib/kernel/request-hash";
import type { Context } from "@/lib/platform/context";
import type { GrantKind } from "./schema";
import { type GivenGrant, give } from "./write-store";

// So that an organization's grants can never add up to more than a BIGINT holds.
const LARGEST_GRANT = MAX_AMOUNT / 1_000n;

export type GrantInput = {
  /** In the unit's steps. */
  amount: bigint;
  kind?: Exclude<GrantKind, "plan">;
  reason: string;
  idempotencyKey: string;
  expiresAt?: Date;
  priority?: number;
};
export type GrantAnswer = { grantId: string; transaction: string; replayed: boolean };

/**
 * Gives an organization prepaid credit by the operator's word; debt is paid from it first. The same key gives once.
 * Errors: forbidden, not_found, validation_failed (amount, or the key was used with another grant).
 */
export async function grant(ctx: Context, input: GrantInput): Promise<GrantAnswer> {
  const { actor, organizationId } = ctx;
  if (actor.type !== "operator" && actor.type !== "job")
    throw new TollgateError("forbidden", "Only the operator can grant credit.");
  if (input.amount <= 0n || input.amount > LARGEST_GRANT) {
    throw new TollgateError("validation_failed", "The amount must be greater than zero and not too large.", {
      field: "amount",
    });
  }
  const { idempotencyKey, kind = "promotional", expiresAt, ...rest } = input;
  return audited(ctx, async (client) => {
    const given = await give(client, ctx, {
      type: "grant",
      kind,
      amount: input.amount,
      priority: input.priority ?? 0,
      expiresAt: expiresAt ?? null,
      source: "operator",
      reference: null,
      scope: "grant",
      idempotencyKey,
      requestHash: requestHash({ kind, expiresAt, ...rest }),
      description: input.reason,
    });
    const made = answer(organizationId, given);
    return { answer: made, audit: given.replayed ? null : record(made, input, kind) };
  });
}

function record({ grantId }: GrantAnswer, { amount, reason, expiresAt }: GrantInput, kind: GrantKind): AuditRecord {
  const words = formatAmount(amount, currentCatalogue().catalogue.unit.scale);
  const after = { amount: words, kind, reason, expiresAt: expiresAt?.toISOString() ?? null };
  return { action: "credit.granted", object: { type: "grant", id: grantId }, after };
}

function answer(organizationId: string, { grantId, seq, replayed }: GivenGrant): GrantAnswer {
  return {
    grantId: publicId("grt", organizationId, grantId),
    transaction: publicId("txn", organizationId, sequenceUuid(seq)),
    replayed,
  };
}
