/** Limits of keys, and the spent and held amounts that the gate counts. */
import type { Context } from "@/lib/platform/context";
import { type Database, queryOrganization } from "@/lib/platform/db";
import { SPENT_BY_KEY } from "../limits/spent-store";
import { RUNNING_DAY, resetsOf, USED_IN_WINDOWS, windowsOf } from "../limits/window-store";
import { type KeySelf, LIMIT_WINDOWS, type LimitWindow } from "../schema";

const windowOf = (name: LimitWindow) =>
  `k.limit_${name} AS ${name}_limit, u.${name}_spent, u.${name}_held, ${resetsOf(name)}`;
const KEY = `k.name, k.hint, k.created_at, k.expires_at, ${LIMIT_WINDOWS.map(windowOf).join(", ")}`;
const FROM = `api_key k
  JOIN organization o ON o.id = k.organization_id
  ${RUNNING_DAY}
  CROSS JOIN LATERAL (SELECT ${USED_IN_WINDOWS}, max(u.used_at) AS used_at FROM key_usage u
    WHERE u.organization_id = k.organization_id AND u.key_id = k.id) AS u`;
const KEY_SELF = `SELECT ${KEY} FROM ${FROM} WHERE k.organization_id = $1 AND k.id = $3`;
const keysWith = (spent: string, of: string) => `SELECT k.id, k.revoked_at, k.endpoints, k.models, k.previous_until,
    u.used_at, w.id AS owner_id, w.name AS owner_name, w.email AS owner_email, ${spent} AS spent, ${KEY}
  FROM ${FROM}
  LEFT JOIN "user" w ON w.id = k.owner_id
  ${of}
  WHERE k.organization_id = $1 AND ($3::uuid IS NULL OR k.id = $3) ORDER BY k.created_at DESC, k.id DESC`;
const KEYS = keysWith("coalesce(s.spent, 0)::bigint", `LEFT JOIN (${SPENT_BY_KEY}) AS s ON s.key_id = k.id`);
// The sums of 30 days read every quarter of an hour; who only asks for names and limits does without.
const KEYS_UNSUMMED = keysWith("0::bigint", "");

type Columns = { name: string; hint: string; created_at: Date; expires_at: Date | null } & Record<string, unknown>;
type KeyColumns = Columns & { id: string; revoked_at: Date | null; spent: bigint } & {
  endpoints: string[];
  models: string[];
  previous_until: Date | null;
  used_at: Date | null;
  owner_id: string | null;
  owner_name: string | null;
  owner_email: string;
};

const selfOf = (row: Columns): Omit<KeySelf, "id"> => ({
  name: row.name,
  hint: row.hint,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  windows: windowsOf(row),
});

/** The key with its spent and held amounts in each running window; undefined if there is no such key. */
export async function readKeySelf(db: Database, organizationId: string, keyId: string, now: Date) {
  return queryOrganization(db, organizationId, async (client) => {
    const { rows } = await client.query<Columns>(KEY_SELF, [organizationId, now, keyId]);
    return rows[0] && selfOf(rows[0]);
  });
}

/** Every key of the organization, or one, with its owner and (summed) its spending of 30 days; the latest first. */
export async function readKeys({ db, organizationId, now }: Context, keyId: string | null = null, summed = true) {
  return queryOrganization(db, organizationId, async (client) => {
    const sql = summed ? KEYS : KEYS_UNSUMMED;
    const { rows } = await client.query<KeyColumns>(sql, [organizationId, now, keyId]);
    return rows.map((row) => ({
      ...selfOf(row),
      id: row.id,
      revokedAt: row.revoked_at,
      usedAt: row.used_at,
      previousUntil: row.previous_until,
      endpoints: row.endpoints,
      models: row.models,
      owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name, email: row.owner_email },
      spent: row.spent,
    }));
  });
}
