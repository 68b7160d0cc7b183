import { currentCatalogue } from "@/lib/catalogue";
import { publicId } from "@/lib/kernel/ids";
import { formatAmount } from "@/lib/kernel/money";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import type { GrantKind, GrantList } from "./schema";

const MOST_GRANTS = 200;

// Live ones in the order in which the gate burns them, then those that have ended, the youngest first. Of an expired
// grant only what open holds still reserve counts, as in the balance.
const GRANTS = `
  SELECT g.id, g.kind, g.source, g.created_at AS "createdAt", g.expires_at AS "expiresAt", g.amount, s.remaining,
    g.held, s.live
  FROM "grant" g
  CROSS JOIN LATERAL (SELECT g.expires_at <= $2 AS over) AS o
  CROSS JOIN LATERAL (SELECT CASE WHEN o.over THEN g.held ELSE g.remaining END AS remaining,
    g.live AND (o.over IS NOT TRUE OR g.held > 0) AS live) AS s
  WHERE g.organization_id = $1
  ORDER BY NOT s.live, CASE WHEN NOT s.live THEN g.created_at END DESC, ledger.burn_order(g)
  LIMIT ${MOST_GRANTS}`;

type Row = {
  id: string;
  kind: GrantKind;
  source: string;
  createdAt: Date;
  expiresAt: Date | null;
  amount: string;
  remaining: string;
  held: string;
  live: boolean;
};

/**
 * The organization's grants, at most two hundred: live ones first, in the order in which calls use them, then those
 * that have ended. Amounts are decimals of the unit. Errors: not_found.
 */
export async function listGrants(ctx: Context): Promise<GrantList> {
  mayRead(ctx);
  const { organizationId } = ctx;
  const { scale } = currentCatalogue().catalogue.unit;
  const rows = await queryOrganization(ctx.db, organizationId, async (client) => {
    const found = await client.query<Row>(GRANTS, [organizationId, ctx.now]);
    return found.rows;
  });
  return {
    data: rows.map(({ id, createdAt, expiresAt, amount, remaining, held, ...row }) => ({
      ...row,
      id: publicId("grt", organizationId, id),
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt?.toISOString() ?? null,
      amount: formatAmount(BigInt(amount), scale),
      remaining: formatAmount(BigInt(remaining), scale),
      held: formatAmount(BigInt(held), scale),
    })),
  };
}
