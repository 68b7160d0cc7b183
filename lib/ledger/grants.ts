import { currentCatalogue } from "@/lib/catalogue";
import { publicId } from "@/lib/kernel/ids";
import { formatAmount } from "@/lib/kernel/money";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { readGrants } from "./grant-store";
import type { GrantList } from "./schema";

/**
 * The organization's grants, at most two hundred: live ones first, in the order in which calls use them, then those
 * that have ended. Amounts are decimals of the unit. Errors: not_found.
 */
export async function listGrants(ctx: Context): Promise<GrantList> {
  mayRead(ctx);
  const { organizationId } = ctx;
  const { scale } = currentCatalogue().catalogue.unit;
  const rows = await queryOrganization(ctx.db, organizationId, (client) => readGrants(client, organizationId, ctx.now));
  return {
    data: rows.map(({ id, createdAt, expiresAt, amount, remaining, held, ...row }) => ({
      ...row,
      id: publicId("grt", organizationId, id),
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt?.toISOString() ?? null,
      amount: formatAmount(amount, scale),
      remaining: formatAmount(remaining, scale),
      held: formatAmount(held, scale),
    })),
  };
}
