import { z } from "zod";
import { decodeCursor, encodeCursor } from "@/lib/kernel/cursor";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";

export type CreditMovement = {
  amount: bigint;
  type: "purchase" | "deduction" | "refund";
  postedAt: Date;
  resource: { type: string | null; id: string | null };
  tags: Record<string, string>;
};
export type Credits = { available: bigint; movements: CreditMovement[]; nextCursor: string | null };

const cursorParts = z.tuple([z.string().regex(/^[1-9][0-9]{0,18}$/)]);
const BIGGEST_SEQ = (2n ** 63n - 1n).toString();

const AVAILABLE = `SELECT coalesce(sum(remaining - held), 0) AS available FROM "grant"
  WHERE organization_id = $1 AND live AND kind = 'purchased' AND (expires_at IS NULL OR expires_at > $2)`;
// Credit that the operator entered as bought is a purchase, too. What a plan paid is no movement of bought credit.
// A deduction's resource stands on its event alone.
const MOVEMENTS = `
  SELECT t.seq, CASE t.type WHEN 'grant' THEN 'purchase' ELSE t.type END AS type, t.posted_at AS "postedAt", moved.amount,
    coalesce(t.resource_type, e.resource_type) AS "resourceType", coalesce(t.resource_id, e.resource_id) AS "resourceId",
    e.tags
  FROM transaction t
  CROSS JOIN LATERAL (SELECT sum(n.amount) AS amount FROM entry n
    JOIN "grant" g ON g.organization_id = n.organization_id AND g.id = n.grant_id AND g.kind = 'purchased'
    WHERE n.organization_id = t.organization_id AND n.transaction_seq = t.seq AND n.account = 'grant') AS moved
  LEFT JOIN ledger.usage_event e ON e.organization_id = t.organization_id AND e.id = t.event_id
  WHERE t.organization_id = $1 AND t.seq < $2 AND t.type IN ('purchase', 'grant', 'deduction', 'refund')
    AND moved.amount <> 0
  ORDER BY t.seq DESC LIMIT $3`;

type Row = {
  seq: string;
  type: CreditMovement["type"];
  postedAt: Date;
  amount: string;
  resourceType: string | null;
  resourceId: string | null;
  tags: Record<string, string> | null;
};

/** Bought credit alone: what is left of it and how it moved, the latest first. Errors: not_found, validation_failed. */
export async function purchasedCredits(
  ctx: Context,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Credits> {
  mayRead(ctx);
  const before = cursor === undefined ? BIGGEST_SEQ : decodeCursor(cursor, cursorParts)[0];
  return queryOrganization(ctx.db, ctx.organizationId, async (client) => {
    const total = await client.query<{ available: string }>(AVAILABLE, [ctx.organizationId, ctx.now]);
    const { rows } = await client.query<Row>(MOVEMENTS, [ctx.organizationId, before, limit + 1]);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      available: BigInt(total.rows[0]?.available ?? 0),
      movements: page.map(({ type, postedAt, amount, resourceType, resourceId, tags }) => ({
        amount: BigInt(amount),
        type,
        postedAt,
        resource: { type: resourceType, id: resourceId },
        tags: tags ?? {},
      })),
      nextCursor: last && rows.length > limit ? encodeCursor([last.seq]) : null,
    };
  });
}
