/** Organizations that people open, change, hand over and delete, by functions that take the ledger's lock. */
import type { Client } from "@/lib/platform/db";
import { mapped, one } from "../function-store";

type NewOrganization = { id: string; userId: string; name: string; now: Date };

/** Errors: conflict (one person owns too many), validation_failed (time zone). */
export async function insertOwnOrganization(
  client: Client,
  { id, userId, name, timeZone, most, now }: NewOrganization & { timeZone: string; most: number },
): Promise<void> {
  await mapped(
    client.query("SELECT ledger.open_own_organization($1, $2, $3, $4, true, $5, $6)", [
      ...[id, userId, name, timeZone, most, now],
    ]),
  );
}

/** The person's first organization while they belong to it, made now when they belong to none and are invited to none. */
export async function insertFirstOrganization(client: Client, { id, userId, name, now }: NewOrganization) {
  const { rows } = await mapped(
    client.query<{ id: string | null; created: boolean }>(
      "SELECT id, created FROM ledger.open_first_organization($1, $2, $3, $4)",
      [id, userId, name, now],
    ),
  );
  return rows[0] as { id: string | null; created: boolean };
}

/** The organization's name; null when the key does not work. Errors: conflict (members, one person owns too many). */
export async function insertOwner(
  client: Client,
  organizationId: string,
  { hash, userId, most, now }: { hash: Buffer; userId: string; most: number; now: Date },
): Promise<string | null> {
  const values = [organizationId, hash, userId, most, now];
  const sql = "SELECT ledger.claim_organization($1, $2, $3, $4, $5) AS answer";
  return (await one<string | null>(client, sql, values)) ?? null;
}

type Facts = { name: string; timeZone: string };

/** Name and time zone before. Errors: not_found, validation_failed (time zone). */
export async function updateFacts(
  client: Client,
  organizationId: string,
  { name, timeZone }: Facts,
  now: Date,
): Promise<Facts> {
  const { rows } = await mapped(
    client.query<Facts>('SELECT name, time_zone AS "timeZone" FROM ledger.update_organization($1, $2, $3, $4)', [
      ...[organizationId, name, timeZone, now],
    ]),
  );
  return rows[0] as Facts;
}

/** `from` null is the operator. Addresses and the organization's name; nothing when the other is no member. Errors: conflict. */
export async function replaceOwner(
  client: Client,
  organizationId: string,
  { from, to, now }: { from: string | null; to: string; now: Date },
) {
  return one<{ name: string; from: string | null; to: string }>(
    client,
    "SELECT ledger.transfer_organization($1, $2, $3, $4) AS answer",
    [organizationId, from, to, now],
  );
}

/** `by` null is the operator. Errors: not_found, conflict. */
export async function endOrganization(
  client: Client,
  organizationId: string,
  { by, forfeit, now }: { by: string | null; forfeit: boolean; now: Date },
) {
  type Ended = { name: string; externalId: string | null; forfeited: bigint };
  const { rows } = await mapped(
    client.query<Ended>(
      'SELECT name, external_id AS "externalId", forfeited FROM ledger.delete_organization($1, $2, $3, $4)',
      [organizationId, by, forfeit, now],
    ),
  );
  return rows[0] as Ended;
}
