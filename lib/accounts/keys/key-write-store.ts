/** Changes of keys, by functions that take the lock under which the gate decides. */
import type { Client } from "@/lib/platform/db";
import { mapped, one } from "../function-store";
import { type LimitTexts, limitValues } from "../limits/limit-values";
import type { KeyLimits } from "../schema";

/** A secret as it is kept: its SHA-256 and its last characters. */
export type Secret = { hash: Buffer; hint: string };
export type KeyFacts = {
  name: string;
  ownerId: string | null;
  expiresAt: Date | null;
  endpoints: readonly string[];
  models: readonly string[];
};
type NewKey = Secret & KeyFacts & { id: string; limits: KeyLimits; now: Date; most: number | null };

/** Errors: not_found (the organization), validation_failed (the owner), plan_limit_reached. */
export async function insertKey(client: Client, organizationId: string, key: NewKey): Promise<void> {
  const { id, name, hash, hint, ownerId, limits, now, expiresAt, endpoints, models, most } = key;
  const places = Array.from({ length: 15 }, (_, i) => `$${i + 1}`).join(", ");
  const values = [organizationId, id, name, hash, hint, ownerId, ...limitValues(limits), now, expiresAt];
  await mapped(client.query(`SELECT ledger.create_key(${places})`, [...values, endpoints, models, most]));
}

/** The limits before, in steps, and the key's name; nothing when there is no such key. */
export async function updateKeyLimits(client: Client, organizationId: string, id: string, limits: KeyLimits) {
  const sql = "SELECT ledger.set_key_limits($1, $2, $3, $4, $5, $6) AS answer";
  return one<LimitTexts & { name: string }>(client, sql, [organizationId, id, ...limitValues(limits)]);
}

/** Returns the earlier key; undefined if there is no such key. Errors: validation_failed (the owner), conflict. */
export async function updateKeyFacts(client: Client, organizationId: string, id: string, facts: KeyFacts) {
  const { name, ownerId, expiresAt, endpoints, models } = facts;
  const values = [organizationId, id, name, ownerId, expiresAt, endpoints, models];
  return one<Record<string, unknown>>(client, "SELECT ledger.update_key($1, $2, $3, $4, $5, $6, $7) AS answer", values);
}

/** The key's name; nothing when there is no such key. Errors: conflict. */
export async function replaceSecret(
  client: Client,
  organizationId: string,
  id: string,
  { hash, hint, until }: Secret & { until: Date },
) {
  const values = [organizationId, id, hash, hint, until];
  return one<string>(client, "SELECT ledger.rotate_key($1, $2, $3, $4, $5) AS answer", values);
}

export async function endKey(client: Client, organizationId: string, id: string, now: Date) {
  const { rows } = await client.query<{ at: Date; name: string; changed: boolean }>(
    "SELECT at, name, changed FROM ledger.revoke_key($1, $2, $3)",
    [organizationId, id, now],
  );
  return rows[0];
}
