/**
 * Where in time transactions stand. Numbers have no gaps and posting times never fall, so no index on the time is
 * needed.
 */
import type { Client } from "@/lib/platform/db";

/** The first transaction's number at or after each instant; one past the last when there is none. */
export async function firstSince(client: Client, organizationId: string, instants: readonly Date[]): Promise<bigint[]> {
  const { rows } = await client.query<{ seq: bigint }>(
    `SELECT ledger.first_since($1, u.at) AS seq
     FROM unnest($2::timestamptz[]) WITH ORDINALITY AS u (at, n) ORDER BY u.n`,
    [organizationId, instants],
  );
  return rows.map(({ seq }) => seq);
}

// The end of each of the last days of the organization's calendar; today's is in the future.
const DAYS = `
  SELECT to_char(day, 'YYYY-MM-DD') AS date, ledger.day_start(day + interval '1 day', o.time_zone) AS "end"
  FROM organization o, LATERAL (SELECT date_trunc('day', $2::timestamptz AT TIME ZONE o.time_zone) AS today) AS t,
    generate_series(t.today - make_interval(days => $3 - 1), t.today, interval '1 day') AS day
  WHERE o.id = $1 ORDER BY day`;
const BALANCES = "SELECT seq, balance_after AS balance FROM transaction WHERE organization_id = $1 AND seq = ANY ($2)";

/** The balance at the end of each of the last local days; undefined if there is no such organization. */
export async function readClosings(client: Client, organizationId: string, now: Date, days: number) {
  const { rows } = await client.query<{ date: string; end: Date }>(DAYS, [organizationId, now, days]);
  if (rows.length === 0) return undefined;
  const next = await firstSince(
    client,
    organizationId,
    rows.map((row) => row.end),
  );
  const last = next.map((seq) => seq - 1n);
  const found = await client.query<{ seq: bigint; balance: bigint }>(BALANCES, [organizationId, [...new Set(last)]]);
  const balances = new Map(found.rows.map((row) => [row.seq, row.balance]));
  return rows.map(({ date }, index) => ({ date, closing: balances.get(last[index] as bigint) ?? 0n }));
}
