/** The recipients and facts of mails about auto top-up. */
import type { AutoTopUpBlock } from "@/lib/ledger/schema";
import type { Client } from "@/lib/platform/db";

/** Owners get a mail about a dispute when it opens. */
export type NoticeKind = Exclude<AutoTopUpBlock, "disputed">;
export type Notice = { organizationId: string; notice: NoticeKind };

/** Reasons without a mail yet. They are taken when the transaction commits. */
export async function takeNotices(client: Client, most: number): Promise<Notice[]> {
  const { rows } = await client.query<Notice>(
    `SELECT organization_id AS "organizationId", notice FROM ledger.take_auto_top_up_notices($1)`,
    [most],
  );
  return rows;
}

export type NoticeFacts = {
  organization: string;
  timeZone: string;
  owners: string[];
  /** Of the latest automatic payment; null without one. */
  price: bigint | null;
  reason: string | null;
  brand: string | null;
  last4: string | null;
  /** Minor units. */
  charged: bigint;
  cap: bigint | null;
  amount: bigint | null;
  pack: string | null;
  dueAt: Date | null;
};

const FACTS = `
  SELECT o.name AS organization, o.time_zone AS "timeZone", a.monthly_cap AS cap, a.amount, a.pack, a.due_at AS "dueAt",
    m.charged, p.amount AS price, p.failure_message AS reason, c.brand, c.last4,
    ARRAY(SELECT u.email FROM member n JOIN "user" u ON u.id = n.user_id
      WHERE n.organization_id = o.id AND n.role = 'owner' ORDER BY u.email) AS owners
  FROM organization o JOIN auto_top_up a ON a.organization_id = o.id
  CROSS JOIN LATERAL ledger.auto_top_up_month(o.id, $2) AS m
  LEFT JOIN LATERAL (SELECT q.amount, q.failure_message, q.payment_method FROM payment q
    WHERE q.organization_id = o.id AND q.purpose = 'auto_top_up' ORDER BY q.created_at DESC LIMIT 1) AS p ON true
  LEFT JOIN payment_method c ON c.organization_id = o.id AND c.id = p.payment_method
  WHERE o.id = $1`;

/** Undefined if the organization is deleted. */
export async function readNoticeFacts(client: Client, id: string, now: Date): Promise<NoticeFacts | undefined> {
  const { rows } = await client.query<NoticeFacts>(FACTS, [id, now]);
  return rows[0];
}
