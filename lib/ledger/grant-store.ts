import type { Client } from "@/lib/platform/db";
import type { GrantKind } from "./schema";

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

type GrantRow = {
  id: string;
  kind: GrantKind;
  source: string;
  createdAt: Date;
  expiresAt: Date | null;
  amount: bigint;
  remaining: bigint;
  held: bigint;
  live: boolean;
};

export async function readGrants(client: Client, organizationId: string, now: Date): Promise<GrantRow[]> {
  return (await client.query<GrantRow>(GRANTS, [organizationId, now])).rows;
}
