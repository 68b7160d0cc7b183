import type { Database } from "@/lib/platform/db";

// Everything that a balance is made of; an expiry moves it without a write. PAYG's switch and limit are part of it.
const MOVED = `
  SELECT b.organization_id AS id, concat_ws('|', b.seq, b.debt, g.remaining, g.held, g.dead, s.version, s.payg_enabled,
    s.payg_limit, s.payg_spent, s.payg_held, s.cycle, s.free AND s.cycle_end <= $2, s.past_due_since) AS mark
  FROM balance b
  LEFT JOIN subscription s ON s.organization_id = b.organization_id AND s.status = 'active'
  CROSS JOIN LATERAL (SELECT sum(remaining) AS remaining, sum(held) AS held, count(*) FILTER (WHERE expires_at <= $2) AS dead
    FROM "grant" WHERE organization_id = b.organization_id AND live) AS g
  WHERE b.organization_id = ANY ($1::uuid[])`;

/** A text for each of the organizations, which changes whenever its balance does. For streams, which watch many. */
export async function balanceMarks(db: Database, organizationIds: readonly string[], now: Date) {
  const { rows } = await db.operator.query<{ id: string; mark: string }>(MOVED, [organizationIds, now]);
  return rows;
}
