/** The numbers of the transactions that have to do with an id, an idempotency key or a resource. */
import { type ObjectId, parsePublicId, uuidSequence } from "@/lib/kernel/ids";
import type { Client } from "@/lib/platform/db";
import { idsWithin } from "./event-ids";
import { firstSince } from "./posted-store";
import { RARE } from "./transaction-store";

const MOST_FOUND = 1_000;

/** When the thing that is searched for by its name happened: resources are looked for in this stretch of the log. */
export type SearchRange = { from: Date; to: Date };

// The transactions that paid for the call and that refunded it.
const OF_EVENT = `SELECT transaction_seq AS seq FROM ledger.usage_event WHERE organization_id = $1 AND id = $2
  UNION SELECT transaction_seq FROM ledger.usage_event WHERE organization_id = $1 AND reverses = $2`;
// Where a grant came from and what else became of it than calls: given, written off, given back.
const OF_GRANT = `SELECT t.seq FROM transaction t WHERE t.organization_id = $1 AND t.${RARE} AND t.seq >= $3
  AND EXISTS (SELECT 1 FROM entry n WHERE n.organization_id = $1 AND n.transaction_seq = t.seq AND n.grant_id = $2)`;
const GRANT_MADE = 'SELECT created_at AS "at" FROM "grant" WHERE organization_id = $1 AND id = $2';
const OF_KEY = "SELECT seq FROM transaction WHERE organization_id = $1 AND idempotency_key = $2";
// A refund's resource stands on the transaction too, a deduction's on its event alone.
const OF_RESOURCE = `SELECT seq FROM transaction WHERE organization_id = $1 AND ${RARE} AND resource_id = $2
  UNION SELECT transaction_seq FROM ledger.usage_event WHERE organization_id = $1 AND resource_id = $2
    AND occurred_at >= $3 AND occurred_at < $4
    AND ${idsWithin("id", "$3", "$4")}`;

// What calls were about may be a tag of theirs: one that is only logged, or one that usage is summed by.
const OF_LOGGED_TAG = `SELECT e.transaction_seq AS seq FROM tagged_event t
  JOIN ledger.usage_event e ON e.organization_id = t.organization_id AND e.id = t.event_id
  WHERE t.organization_id = $1 AND e.organization_id = $1 AND t.tag = $2 AND t.value = $3
    AND t.occurred_at >= $4 AND t.occurred_at < $5
  ORDER BY t.occurred_at DESC LIMIT ${MOST_FOUND}`;
const OF_SUMMED_TAG = `SELECT e.transaction_seq AS seq
  FROM (SELECT DISTINCT r.bucket FROM usage_tag_rollup r
    WHERE r.organization_id = $1 AND r.tag = $2 AND r.value = $3
      AND r.bucket >= date_bin('15 minutes', $4::timestamptz, 'epoch') AND r.bucket < $5
    ORDER BY r.bucket DESC LIMIT ${MOST_FOUND}) AS q
  CROSS JOIN LATERAL (SELECT u.transaction_seq FROM ledger.usage_event u
    WHERE u.organization_id = $1 AND ${idsWithin("u.id", "q.bucket", "q.bucket")}
      AND u.occurred_at >= greatest(q.bucket, $4)
      AND u.occurred_at < least(q.bucket + interval '15 minutes', $5)
      AND u.tags @> jsonb_build_object($2::text, $3::text)) AS e
  LIMIT ${MOST_FOUND}`;
const OF_TYPED_RESOURCE = `SELECT seq FROM transaction WHERE organization_id = $1 AND ${RARE}
    AND resource_type = $2 AND resource_id = $3
  UNION SELECT transaction_seq FROM ledger.usage_event WHERE organization_id = $1
    AND resource_type = $2 AND resource_id = $3 AND occurred_at >= $4 AND occurred_at < $5
    AND ${idsWithin("id", "$4", "$5")}`;

async function numbers(client: Client, sql: string, values: unknown[]): Promise<bigint[]> {
  const { rows } = await client.query<{ seq: bigint }>(
    `SELECT seq FROM (${sql}) AS found WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT ${MOST_FOUND}`,
    values,
  );
  return rows.map(({ seq }) => seq);
}

async function ofGrant(client: Client, { organizationId, id }: ObjectId): Promise<bigint[]> {
  const { rows } = await client.query<{ at: Date }>(GRANT_MADE, [organizationId, id]);
  if (!rows[0]) return [];
  return numbers(client, OF_GRANT, [organizationId, id, ...(await firstSince(client, organizationId, [rows[0].at]))]);
}

/** At most the latest thousand; none for another organization's id. */
export async function findTransactions(
  client: Client,
  organizationId: string,
  text: string,
  range: SearchRange,
): Promise<bigint[]> {
  const transaction = parsePublicId(text, "txn");
  const call = parsePublicId(text, "evt", "hold", "chg");
  const grant = parsePublicId(text, "grt");
  const named = transaction ?? call ?? grant;
  if (named && named.organizationId !== organizationId) return [];
  if (transaction) {
    const seq = uuidSequence(transaction.id);
    return seq === undefined ? [] : [seq];
  }
  if (call) return numbers(client, OF_EVENT, [organizationId, call.id]);
  if (grant) return ofGrant(client, grant);
  const keyed = await numbers(client, OF_KEY, [organizationId, text]);
  return [...keyed, ...(await numbers(client, OF_RESOURCE, [organizationId, text, range.from, range.to]))];
}

export type Resource = { type: string; id: string };

/** The transactions about a thing in a range: its resource, or a tag of that name. At most the latest thousand. */
export async function findOfResource(
  client: Client,
  organizationId: string,
  { type, id }: Resource,
  { from, to }: SearchRange,
): Promise<bigint[]> {
  const values = [organizationId, type, id, from, to];
  const found: bigint[] = [];
  for (const sql of [OF_TYPED_RESOURCE, OF_LOGGED_TAG, OF_SUMMED_TAG])
    found.push(...(await numbers(client, sql, values)));
  return [...new Set(found)].sort((a, b) => (a < b ? 1 : -1)).slice(0, MOST_FOUND);
}
