/** What gives a call back, and the hold that it settled. */
import { publicId, sequenceUuid } from "@/lib/kernel/ids";
import { formatAmount } from "@/lib/kernel/money";
import type { Client } from "@/lib/platform/db";

type Reversal = {
  id: string;
  cost: bigint;
  posted_at: Date;
  transaction_seq: bigint | null;
  description: string | null;
};
export async function refundsOf(client: Client, organizationId: string, id: string, scale: number) {
  const { rows } = await client.query<Reversal>(
    `
    SELECT e.id, e.cost, e.posted_at, e.transaction_seq, t.description FROM ledger.usage_event e
    LEFT JOIN transaction t ON t.organization_id = e.organization_id AND t.seq = e.transaction_seq
    WHERE e.organization_id = $1 AND e.reverses = $2 ORDER BY e.posted_at, e.id`,
    [organizationId, id],
  );
  return rows.map((row) => ({
    event: publicId("evt", organizationId, row.id),
    transaction:
      row.transaction_seq === null ? null : publicId("txn", organizationId, sequenceUuid(row.transaction_seq)),
    amount: formatAmount(-row.cost, scale),
    postedAt: row.posted_at.toISOString(),
    reason: row.description,
  }));
}

export async function holdOf(client: Client, organizationId: string, id: string, scale: number) {
  const hold = await client.tables.hold.findFirst({ where: { organizationId, id } });
  if (!hold) return null;
  return {
    id: publicId("hold", organizationId, id),
    ceiling: formatAmount(hold.ceiling, scale),
    openedAt: hold.openedAt.toISOString(),
    endedAt: hold.endedAt?.toISOString() ?? null,
    expiresAt: hold.expiresAt.toISOString(),
  };
}
