/** Rows of accounts. Functions that lock or see across organizations are called; plain reads are Prisma's. */
import { organizationPublicId } from "@/lib/kernel/ids";
import { type Client, type Database, withOrganization } from "@/lib/platform/db";
import { mapped } from "../function-store";
import type { OrganizationRow } from "../schema";

type OrganizationInput = { id: string; name: string; externalId: string | null; timeZone: string; now: Date };

export async function openOrganization(
  client: Client,
  { id, name, externalId, timeZone, now }: OrganizationInput,
): Promise<{ id: string; created: boolean }> {
  const { rows } = await mapped(
    client.query<{ id: string; created: boolean }>(
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
     FROM organization WHERE deleted_at IS NULL ORDER BY created_at, id`,
  );
  return rows.map((row) => ({ id: organizationPublicId(row.organizationId), ...row }));
}

/** Whose key it is; `ownerId` is null for a key of the whole organization. Nothing when there is none. */
export async function readKeyOwner(db: Database, organizationId: string, id: string) {
  return withOrganization(db, organizationId, (tx) =>
    tx.apiKey.findUnique({
      where: { organizationId_id: { organizationId, id } },
      select: { ownerId: true, name: true, expiresAt: true, endpoints: true, models: true },
    }),
  );
}

type Credential = { id: string; name: string; hash: Buffer; hint: string; now: Date };

export async function insertGatewaySecret(client: Client, secret: Credential): Promise<void> {
  await client.query("INSERT INTO gateway_secret (id, name, hash, hint, created_at) VALUES ($1, $2, $3, $4, $5)", [
    ...[secret.id, secret.name, secret.hash, secret.hint, secret.now],
  ]);
}

export async function endGatewaySecret(client: Client, id: string, now: Date) {
  const { rows } = await client.query<{ at: Date; name: string; changed: boolean }>(
    `UPDATE gateway_secret s SET revoked_at = coalesce(s.revoked_at, $2) FROM gateway_secret o
     WHERE s.id = $1 AND o.id = s.id RETURNING s.revoked_at AS at, s.name, o.revoked_at IS NULL AS changed`,
    [id, now],
  );
  return rows[0];
}

export type FoundKey = { organizationId: string; keyId: string; generation: number; active: boolean };

export async function findKeyByHash(db: Database, hash: Buffer): Promise<FoundKey | undefined> {
  const { rows } = await db.read.query<FoundKey>(
    'SELECT organization_id AS "organizationId", id AS "keyId", generation, active FROM ledger.find_key($1)',
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
