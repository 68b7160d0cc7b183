import { publicId } from "@/lib/kernel/ids";
import { requireOperator } from "@/lib/platform/authorize";
import { aboveOrganizations, type InstallationContext } from "@/lib/platform/context";
import { disputeAnswer } from "../refunds/refund-answer";
import type { DisputeAnswer, DisputeState } from "../refunds/refund-schema";
import { readDisputes } from "./dispute-store";

const MOST = 500;

export type ListedDispute = DisputeAnswer & {
  organization: string;
  payment: string;
  /** Since when it stops automatic charges; null if it does not stop them (or no longer). */
  suspendedSince: string | null;
};

/** Disputes in the given states, of all organizations or one, the latest first: the operator's list. Errors: forbidden. */
export async function listDisputes(
  ctx: InstallationContext,
  { states, organizationId = null }: { states: readonly DisputeState[]; organizationId?: string | null },
): Promise<ListedDispute[]> {
  requireOperator(ctx.actor, "list disputes");
  const rows = await readDisputes(aboveOrganizations(ctx).db, { states, organizationId, most: MOST });
  return rows.map((row) => ({
    ...disputeAnswer(row),
    organization: row.organization,
    payment: publicId("pay", row.organizationId, row.paymentId),
    suspendedSince: row.suspendedSince?.toISOString() ?? null,
  }));
}
