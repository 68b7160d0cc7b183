import type { Client } from "@/lib/platform/db";

/** Addresses of those who may pay. */
export async function ownerAddresses(client: Pick<Client, "query">, organizationId: string): Promise<string[]> {
  const sql = `SELECT u.email FROM member m JOIN "user" u ON u.id = m.user_id
    WHERE m.organization_id = $1 AND m.role = 'owner' AND u.email IS NOT NULL ORDER BY u.email`;
  const { rows } = await client.query<{ email: string }>(sql, [organizationId]);
  return rows.map(({ email }) => email);
}
