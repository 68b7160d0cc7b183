import { requireOperator } from "@/lib/platform/authorize";
import { aboveOrganizations, type InstallationContext } from "@/lib/platform/context";
import { refundAnswer } from "./refund-answer";
import type { RefundAnswer, RefundState } from "./refund-schema";
import { readRefunds } from "./refund-store";

const MOST = 500;

export type ListedRefund = RefundAnswer & { organization: string; currency: string };

/** Refunds in the given states, of all organizations or one, the latest first: the operator's list. Errors: forbidden. */
export async function listRefunds(
  ctx: InstallationContext,
  { states, organizationId = null }: { states: readonly RefundState[]; organizationId?: string | null },
): Promise<ListedRefund[]> {
  requireOperator(ctx.actor, "list refunds");
  const rows = await readRefunds(aboveOrganizations(ctx).db, { states, organizationId, most: MOST });
  return rows.map((row) => ({
    ...refundAnswer(row, row.currency),
    organization: row.organization,
    currency: row.currency,
  }));
}
