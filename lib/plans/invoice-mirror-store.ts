/** Our copies of the invoices of subscriptions: what the list of invoices shows. */
import type { SubscriptionInvoice } from "@/lib/payments";
import type { Context } from "@/lib/platform/context";
import { changeOrganization } from "@/lib/platform/db";

export type Mirrored = SubscriptionInvoice & { paymentId: string | null; description: string };

const MIRROR = `INSERT INTO invoice AS i (organization_id, id, number, state, total, currency, description, payment_id,
    created_at, paid_at, pay_url)
  SELECT $1, u.* FROM unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::uuid[],
    $9::timestamptz[], $10::timestamptz[], $11::text[]) AS u (id, number, state, total, currency, description, payment_id,
    created, paid, pay_url)
  ON CONFLICT (organization_id, id) DO UPDATE SET number = excluded.number, state = excluded.state,
    total = excluded.total, payment_id = coalesce(excluded.payment_id, i.payment_id), paid_at = excluded.paid_at,
    pay_url = excluded.pay_url
  WHERE (i.number, i.state, i.total, i.paid_at, i.pay_url) IS DISTINCT FROM
    (excluded.number, excluded.state, excluded.total, excluded.paid_at, excluded.pay_url) OR i.payment_id IS NULL`;

/** Drafts are left out: they have no number yet and may change. */
export async function mirrorInvoices({ db, organizationId }: Context, all: Mirrored[]): Promise<void> {
  const invoices = all.filter(({ state }) => state !== "draft");
  if (invoices.length === 0) return;
  const column = <T>(of: (invoice: Mirrored) => T) => invoices.map(of);
  await changeOrganization(db, organizationId, (client) =>
    client.query(MIRROR, [
      ...[organizationId, column(({ id }) => id), column(({ number }) => number), column(({ state }) => state)],
      ...[column(({ total }) => total.amount), column(({ total }) => total.currency)],
      ...[column(({ description }) => description), column(({ paymentId }) => paymentId)],
      ...[column(({ createdAt }) => createdAt), column(({ paidAt }) => paidAt)],
      column(({ payUrl }) => payUrl),
    ]),
  );
}
