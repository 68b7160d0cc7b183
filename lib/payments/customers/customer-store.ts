/** The provider's customer of an organization, and whom the provider writes to. */
import type { InstallationDb, OrganizationDb } from "@/lib/platform/context";
import { changeOrganization, queryInstallation, queryOrganization } from "@/lib/platform/db";

export async function readCustomer({ db, organizationId }: OrganizationDb): Promise<string | undefined> {
  const found = await queryOrganization(db, organizationId, ({ tables }) =>
    tables.paymentCustomer.findFirst({ where: { organizationId }, select: { customer: true } }),
  );
  return found?.customer;
}

/** Whose customer it is. For jobs. */
export async function findOrganizationOfCustomer(
  { db }: InstallationDb,
  customer: string,
): Promise<string | undefined> {
  const found = await queryInstallation(db, ({ tables }) =>
    tables.paymentCustomer.findFirst({ where: { customer }, select: { organizationId: true } }),
  );
  return found?.organizationId;
}

/** Keeps the first customer that was made, or replaces the one that is gone; answers the one that stands. */
export async function keepCustomer(
  { db, organizationId }: OrganizationDb,
  customer: string,
  gone: string | null,
): Promise<string> {
  return changeOrganization(db, organizationId, async ({ tables }) => {
    if (gone)
      await tables.paymentCustomer.updateMany({ where: { organizationId, customer: gone }, data: { customer } });
    await tables.paymentCustomer.createMany({ data: { organizationId, customer }, skipDuplicates: true });
    const kept = await tables.paymentCustomer.findFirst({ where: { organizationId }, select: { customer: true } });
    return kept?.customer ?? customer;
  });
}

/** The organization's name and its owner's address, for the provider's receipts. */
export async function readPayer({
  db,
  organizationId,
}: OrganizationDb): Promise<{ name: string; email: string | null }> {
  return queryOrganization(db, organizationId, async ({ tables }) => {
    const organization = await tables.organization.findFirst({ where: { id: organizationId }, select: { name: true } });
    const owner = await tables.member.findFirst({
      where: { organizationId, role: "owner" },
      orderBy: [{ createdAt: "asc" }, { userId: "asc" }],
      select: { user: { select: { email: true } } },
    });
    return { name: organization?.name ?? "", email: owner?.user.email ?? null };
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
  await changeOrganization(db, organizationId, ({ tables }) =>
    tables.paymentCustomer.updateMany({ where: { organizationId, customer }, data: { name, email } }),
  );
}
