/** Invoices: what is kept of the provider's. */
import type { OrganizationDb } from "@/lib/platform/context";
import { changeOrganization, queryOrganization } from "@/lib/platform/db";

export type InvoiceRow = {
  /** in_… */
  id: string;
  number: string | null;
  state: "draft" | "open" | "paid" | "void" | "uncollectible";
  /** In minor units. */
  total: bigint;
  currency: string;
  description: string;
  /** Our payment's UUID. */
  paymentId: string | null;
  createdAt: Date;
  paidAt: Date | null;
};

const KEEP = `INSERT INTO invoice (organization_id, id, number, state, total, currency, description, payment_id,
    created_at, paid_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  ON CONFLICT (organization_id, id) DO UPDATE SET number = excluded.number, state = excluded.state,
    total = excluded.total, payment_id = coalesce(excluded.payment_id, invoice.payment_id), paid_at = excluded.paid_at`;

/** Makes the row equal to the provider's invoice. */
export async function keepInvoice({ db, organizationId }: OrganizationDb, invoice: InvoiceRow): Promise<void> {
  const { id, number, state, total, currency, description, paymentId, createdAt, paidAt } = invoice;
  const values = [organizationId, id, number, state, total, currency, description, paymentId, createdAt, paidAt];
  await changeOrganization(db, organizationId, (client) => client.query(KEEP, values));
}

/** Whether the organization has this invoice. */
export async function hasInvoice({ db, organizationId }: OrganizationDb, id: string): Promise<boolean> {
  const found = await queryOrganization(db, organizationId, ({ tables }) =>
    tables.invoice.findFirst({ where: { organizationId, id }, select: { id: true } }),
  );
  return found !== null;
}
