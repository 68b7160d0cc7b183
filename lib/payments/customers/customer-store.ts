/** The provider's customer of an organization, and whom the provider writes to. */
import type { InstallationDb, OrganizationDb } from "@/lib/platform/context";
import { changeOrganization, queryOrganization } from "@/lib/platform/db";

export async function readCustomer({ db, organizationId }: OrganizationDb): Promise<string | undefined> {
  const sql = "SELECT customer FROM payment_customer WHERE organization_id = $1";
  return queryOrganization(db, organizationId, async (client) => {
    const { rows } = await client.query<{ customer: string }>(sql, [organizationId]);
    return rows[0]?.customer;
  });
}

/** Whose customer it is. For jobs. */
export async function findOrganizationOfCustomer(
  { db }: InstallationDb,
  customer: string,
): Promise<string | undefined> {
  const { rows } = await db.operator.query<{ id: string }>(
    "SELECT organization_id AS id FROM payment_customer WHERE customer = $1",
    [customer],
  );
  return rows[0]?.id;
}

/** Keeps the first customer that was made, or replaces the one that is gone; answers the one that stands. */
export async function keepCustomer(
  { db, organizationId }: OrganizationDb,
  customer: string,
  gone: string | null,
): Promise<string> {
  return changeOrganization(db, organizationId, async (client) => {
    await client.query(
      `INSERT INTO payment_customer (organization_id, customer) VALUES ($1, $2)
       ON CONFLICT (organization_id) DO UPDATE SET customer = $2 WHERE payment_customer.customer = $3`,
      [organizationId, customer, gone],
    );
    const sql = "SELECT customer FROM payment_customer WHERE organization_id = $1";
    const { rows } = await client.query<{ customer: string }>(sql, [organizationId]);
    return rows[0]?.customer ?? customer;
  });
}

/** The organization's name and its owner's address, for the provider's receipts. */
export async function readPayer({
  db,
  organizationId,
}: OrganizationDb): Promise<{ name: string; email: string | null }> {
  const sql = `SELECT o.name, (SELECT u.email FROM member m JOIN "user" u ON u.id = m.user_id
      WHERE m.organization_id = o.id AND m.role = 'owner' ORDER BY m.created_at, m.user_id LIMIT 1) AS email
    FROM organization o WHERE o.id = $1`;
  return queryOrganization(db, organizationId, async (client) => {
    const { rows } = await client.query<{ name: string; email: string | null }>(sql, [organizationId]);
    return rows[0] ?? { name: "", email: null };
  });
}

export type Payer = { customer: string; name: string; email: string | null };

/** Customers of whom the provider was last told something else. */
export async function readChangedPayers(
  { db }: InstallationDb,
  most: number,
): Promise<(Payer & { organizationId: string })[]> {
  const { rows } = await db.operator.query<Payer & { organizationId: string }>(
    `SELECT c.organization_id AS "organizationId", c.customer, o.name, w.email FROM payment_customer c
     JOIN organization o ON o.id = c.organization_id AND o.deleted_at IS NULL
     LEFT JOIN LATERAL (SELECT u.email FROM member m JOIN "user" u ON u.id = m.user_id WHERE m.organization_id = o.id
       AND m.role = 'owner' ORDER BY m.created_at, m.user_id LIMIT 1) AS w ON true
     WHERE c.name IS DISTINCT FROM o.name OR c.email IS DISTINCT FROM w.email
     ORDER BY c.organization_id LIMIT $1`,
    [most],
  );
  return rows;
}

/** The facts that were last sent to the provider. */
export async function keepPayer(
  { db, organizationId }: OrganizationDb,
  { customer, name, email }: Payer,
): Promise<void> {
  const sql = "UPDATE payment_customer SET name = $3, email = $4 WHERE organization_id = $1 AND customer = $2";
  await changeOrganization(db, organizationId, (client) => client.query(sql, [organizationId, customer, name, email]));
}
