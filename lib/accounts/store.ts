/** Rows of accounts. Functions that lock or see across organizations are called; plain reads are Prisma's. */
import { TollgateError } from "@/lib/kernel/errors";
import { organizationPublicId } from "@/lib/kernel/ids";
import { type Database, withOrganization } from "@/lib/platform/db";
import type { KeyLimits, OrganizationRow } from "./schema";

/** What the functions raise, as errors that a caller can act on. */
async function mapped<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === "TG422") throw new TollgateError("validation_failed", `${message}.`);
    if (code === "P0002") throw new TollgateError("not_found", "There is no such organization.");
    throw error;
  }
}

type OrganizationInput = { id: string; name: string; externalId: string | null; timeZone: string; now: Date };

export async function openOrganization(
  db: Database,
  { id, name, externalId, timeZone, now }: OrganizationInput,
): Promise<{ id: string; created: boolean }> {
  const { rows } = await mapped(
    db.operator.query<{ id: string; created: boolean }>(
      "SELECT id, created FROM ledger.open_organization($1, $2, $3, $4, $5)",
      [id, name, externalId, timeZone, now],
    ),
  );
  return rows[0] as { id: string; created: boolean };
}

/** Whether nothing was ever posted: its maker was cut off before the welcome, or is about to give it. */
export async function isUntouched(db: Database, id: string): Promise<boolean> {
  const { rowCount } = await db.operator.query("SELECT 1 FROM balance WHERE organization_id = $1 AND seq = 0", [id]);
  return rowCount === 1;
}

export async function findOrganization(db: Database, id: string | null, externalId: string | null) {
  const { rows } = await db.read.query<{ id: string | null }>("SELECT ledger.find_organization($1, $2) AS id", [
    id,
    externalId,
  ]);
  return rows[0]?.id ?? undefined;
}

export async function readOrganizations(db: Database): Promise<OrganizationRow[]> {
  const { rows } = await db.operator.query<Omit<OrganizationRow, "id">>(
    `SELECT id AS "organizationId", name, external_id AS "externalId", time_zone AS "timeZone",
       created_at AS "createdAt"
     FROM organization ORDER BY created_at, id`,
  );
  return rows.map((row) => ({ id: organizationPublicId(row.organizationId), ...row }));
}

type Credential = { id: string; name: string; hash: Buffer; hint: string; now: Date };
type KeyInput = Credential & { ownerId: string | null; limits: KeyLimits; expiresAt: Date | null };

const limitValues = ({ total, day, week, month }: KeyLimits) => [
  total ?? null,
  day ?? null,
  week ?? null,
  month ?? null,
];

export async function insertKey(db: Database, organizationId: string, key: KeyInput): Promise<void> {
  await mapped(
    db.read.query("SELECT ledger.create_key($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)", [
      ...[organizationId, key.id, key.name, key.hash, key.hint, key.ownerId],
      ...[...limitValues(key.limits), key.now, key.expiresAt],
    ]),
  );
}

export async function updateKeyLimits(db: Database, organizationId: string, id: string, limits: KeyLimits) {
  const { rows } = await mapped(
    db.read.query<{ found: boolean }>("SELECT ledger.set_key_limits($1, $2, $3, $4, $5, $6) AS found", [
      ...[organizationId, id, ...limitValues(limits)],
    ]),
  );
  return rows[0]?.found ?? false;
}

/** Whose key it is; `ownerId` is null for a key that the operator made. Undefined when there is none. */
export async function readKeyOwner(db: Database, organizationId: string, id: string) {
  return withOrganization(db, organizationId, (tx) =>
    tx.apiKey.findUnique({ where: { organizationId_id: { organizationId, id } }, select: { ownerId: true } }),
  );
}

export async function endKey(db: Database, organizationId: string, id: string, now: Date): Promise<Date> {
  const { rows } = await mapped(
    db.read.query<{ at: Date | null }>("SELECT ledger.revoke_key($1, $2, $3) AS at", [organizationId, id, now]),
  );
  const at = rows[0]?.at;
  if (!at) throw new TollgateError("not_found", "There is no such key.");
  return at;
}

export async function insertGatewaySecret(db: Database, secret: Credential): Promise<void> {
  await db.operator.query("INSERT INTO gateway_secret (id, name, hash, hint, created_at) VALUES ($1, $2, $3, $4, $5)", [
    ...[secret.id, secret.name, secret.hash, secret.hint, secret.now],
  ]);
}

export async function endGatewaySecret(db: Database, id: string, now: Date): Promise<Date | undefined> {
  const { rows } = await db.operator.query<{ at: Date }>(
    "UPDATE gateway_secret SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1 RETURNING revoked_at AS at",
    [id, now],
  );
  return rows[0]?.at;
}

type FoundKey = { organizationId: string; keyId: string; active: boolean };

export async function findKeyByHash(db: Database, hash: Buffer): Promise<FoundKey | undefined> {
  const { rows } = await db.read.query<FoundKey>(
    'SELECT organization_id AS "organizationId", id AS "keyId", active FROM ledger.find_key($1)',
    [hash],
  );
  return rows[0];
}

export async function findSecretByHash(db: Database, hash: Buffer) {
  const { rows } = await db.gate.query<{ id: string; active: boolean }>(
    "SELECT id, active FROM ledger.find_gateway_secret($1)",
    [hash],
  );
  return rows[0];
}
