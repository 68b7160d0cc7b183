/** Rows of accounts. Functions that lock or see across organizations are called; plain reads are Prisma's. */
import { organizationPublicId } from "@/lib/kernel/ids";
import { type Client, type Database, queryInstallation, queryOrganization } from "@/lib/platform/db";
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
  const rows = await queryInstallation(db, ({ tables }) =>
    tables.organization.findMany({
      where: { deletedAt: null },
      select: { id: true, name: true, externalId: true, timeZone: true, createdAt: true },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    }),
  );
  return rows.map(({ id, ...row }) => ({ id: organizationPublicId(id), organizationId: id, ...row }));
}

/** Whose key it is; `ownerId` is null for a key of the whole organization. Null when there is none. */
export async function readKeyOwner(db: Database, organizationId: string, id: string) {
  return queryOrganization(db, organizationId, ({ tables }) =>
    tables.apiKey.findFirst({
      where: { organizationId, id },
      select: { ownerId: true, name: true, expiresAt: true, endpoints: true, models: true },
    }),
  );
}

type Credential = { id: string; name: string; hash: Buffer; hint: string; now: Date };

export async function insertGatewaySecret({ tables }: Client, { hash, now, ...facts }: Credential): Promise<void> {
  await tables.gatewaySecret.createMany({ data: { ...facts, hash: Uint8Array.from(hash), createdAt: now } });
}

/** When it was revoked first; undefined when there is no such secret. */
export async function endGatewaySecret({ tables }: Client, id: string, now: Date) {
  const { count } = await tables.gatewaySecret.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } });
  const found = await tables.gatewaySecret.findFirst({ where: { id }, select: { name: true, revokedAt: true } });
  return found?.revokedAt ? { at: found.revokedAt, name: found.name, changed: count === 1 } : undefined;
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
