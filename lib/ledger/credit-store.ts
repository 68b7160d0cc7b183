/** Bought credit: what is left of it, and how it moved. */
import type { Client } from "@/lib/platform/db";

const AVAILABLE = `SELECT coalesce(sum(remaining - held), 0)::bigint AS available FROM "grant"
  WHERE organization_id = $1 AND live AND kind = 'purchased' AND (expires_at IS NULL OR expires_at > $2)`;
// Credit that the operator entered as bought is a purchase, too. What a plan paid is no movement of bought credit.
// A deduction's resource stands on its event alone.
const MOVEMENTS = `
  SELECT t.seq, CASE t.type WHEN 'grant' THEN 'purchase' ELSE t.type END AS type, t.posted_at AS "postedAt", moved.amount,
    coalesce(t.resource_type, e.resource_type) AS "resourceType", coalesce(t.resource_id, e.resource_id) AS "resourceId",
    e.tags
  FROM transaction t
  CROSS JOIN LATERAL (SELECT sum(n.amount)::bigint AS amount FROM entry n
    JOIN "grant" g ON g.organization_id = n.organization_id AND g.id = n.grant_id AND g.kind = 'purchased'
    WHERE n.organization_id = t.organization_id AND n.transaction_seq = t.seq AND n.account = 'grant') AS moved
  LEFT JOIN ledger.usage_event e ON e.organization_id = t.organization_id AND e.id = t.event_id
  WHERE t.organization_id = $1 AND t.seq < $2 AND t.type IN ('purchase', 'grant', 'deduction', 'refund')
    AND moved.amount <> 0
  ORDER BY t.seq DESC LIMIT $3`;

export type MovementRow = {
  seq: bigint;
  type: "purchase" | "deduction" | "refund";
  postedAt: Date;
  amount: bigint;
  resourceType: string | null;
  resourceId: string | null;
  tags: Record<string, string> | null;
};

export async function readPurchased(client: Client, organizationId: string, now: Date): Promise<bigint> {
  const { rows } = await client.query<{ available: bigint }>(AVAILABLE, [organizationId, now]);
  return rows[0]?.available ?? 0n;
}

/** The latest first; `before` is the number that the page ends at. */
export async function readMovements(
  client: Client,
  organizationId: string,
  { before, limit }: { before: string; limit: number },
): Promise<MovementRow[]> {
  return (await client.query<MovementRow>(MOVEMENTS, [organizationId, before, limit])).rows;
}
