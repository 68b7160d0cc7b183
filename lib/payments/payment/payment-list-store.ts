/** Payments with their invoices, refunds and disputes, for lists. */
import type { OrganizationDb } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import type { InvoiceAnswer, PaymentAnswer, UnpaidInvoice } from "../schema";

export type ListedPayment = {
  id: string;
  purpose: PaymentAnswer["purpose"];
  state: PaymentAnswer["state"];
  amount: bigint;
  currency: string;
  credit: bigint;
  description: string;
  pack: string | null;
  plan: string | null;
  card: string | null;
  failureCode: string | null;
  failureMessage: string | null;
  createdAt: Date;
  settledAt: Date | null;
  invoice: string | null;
  invoiceNumber: string | null;
  invoiceState: InvoiceAnswer["state"] | null;
  refunded: bigint;
  disputed: PaymentAnswer["disputed"];
};

export type UnpaidRow = Pick<UnpaidInvoice, "id" | "number" | "description" | "payUrl"> & {
  total: bigint;
  currency: string;
  createdAt: Date;
};

const COLUMNS = `p.id, p.purpose, p.state, p.amount, p.currency, p.credit, p.description, p.pack, p.plan, p.card,
  p.failure_code AS "failureCode", p.failure_message AS "failureMessage", p.created_at AS "createdAt",
  p.settled_at AS "settledAt", p.invoice, i.number AS "invoiceNumber", i.state AS "invoiceState",
  (SELECT coalesce(sum(r.amount), 0)::bigint FROM payment_refund r WHERE r.organization_id = p.organization_id
    AND r.payment_id = p.id AND r.state IN ('pending', 'succeeded')) AS refunded,
  (SELECT d.state FROM dispute d WHERE d.organization_id = p.organization_id AND d.payment_id = p.id
    ORDER BY d.opened_at DESC LIMIT 1) AS disputed
  FROM payment p LEFT JOIN invoice i ON i.organization_id = p.organization_id AND i.id = p.invoice`;

/** The latest first, without payments that were never paid. `before` is the id that the page ends at. */
export async function readPayments(
  { db, organizationId }: OrganizationDb,
  { before, limit }: { before: string | undefined; limit: number },
): Promise<ListedPayment[]> {
  const { rows } = await queryOrganization(db, organizationId, (client) =>
    client.query<ListedPayment>(
      `SELECT ${COLUMNS} WHERE p.organization_id = $1 AND p.state <> 'canceled' AND ($2::uuid IS NULL OR p.id < $2)
       ORDER BY p.id DESC LIMIT $3`,
      [organizationId, before ?? null, limit],
    ),
  );
  return rows;
}

/** Invoices that wait for their payer and that no payment in the list stands for, the latest first. */
export async function readUnpaidInvoices({ db, organizationId }: OrganizationDb): Promise<UnpaidRow[]> {
  const sql = `SELECT i.id, i.number, i.total, i.currency, i.description, i.created_at AS "createdAt",
      i.pay_url AS "payUrl"
    FROM invoice i WHERE i.organization_id = $1 AND i.state = 'open' AND i.total > 0
      AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.organization_id = $1 AND p.id = i.payment_id AND p.state = 'open')
    ORDER BY i.created_at DESC, i.id LIMIT 24`;
  const { rows } = await queryOrganization(db, organizationId, (client) =>
    client.query<UnpaidRow>(sql, [organizationId]),
  );
  return rows;
}

export async function readListedPayment(
  { db, organizationId }: OrganizationDb,
  id: string,
): Promise<ListedPayment | undefined> {
  const { rows } = await queryOrganization(db, organizationId, (client) =>
    client.query<ListedPayment>(`SELECT ${COLUMNS} WHERE p.organization_id = $1 AND p.id = $2`, [organizationId, id]),
  );
  return rows[0];
}
