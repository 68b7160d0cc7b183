import { currentCatalogue } from "@/lib/catalogue";
import { publicId, sequenceUuid } from "@/lib/kernel/ids";
import { formatAmount } from "@/lib/kernel/money";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { type Client, queryOrganization } from "@/lib/platform/db";
import { meterMap, priceOf } from "./call-price";
import { entriesOf } from "./entries";
import type { EntryAnswer, TransactionDetail } from "./schema";
import { eventsOf } from "./transaction-answer";

type Reversal = {
  id: string;
  cost: bigint;
  posted_at: Date;
  transaction_seq: bigint | null;
  description: string | null;
};
export type CallTrail = {
  hold: { id: string; ceiling: string; openedAt: string; endedAt: string | null; expiresAt: string } | null;
  price: NonNullable<TransactionDetail["price"]>;
  entries: EntryAnswer[];
  refunds: { event: string; transaction: string | null; amount: string; postedAt: string; reason: string | null }[];
};

async function refundsOf(client: Client, organizationId: string, id: string, scale: number) {
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

async function holdOf(client: Client, organizationId: string, id: string, scale: number) {
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

/**
 * What stands behind one event of the log: the hold that it settled, how it was priced, the grants that it was taken
 * from and what gave it back. Undefined when the organization has no such event. Errors: not_found.
 */
export async function callTrail(ctx: Context, eventId: string): Promise<CallTrail | undefined> {
  mayRead(ctx);
  const { organizationId } = ctx;
  const { scale } = currentCatalogue().catalogue.unit;
  const found = await queryOrganization(ctx.db, organizationId, async (client) => {
    const event = (await eventsOf(client, organizationId, [{ eventId }])).get(eventId);
    if (!event) return undefined;
    const seq = event.transaction_seq;
    return {
      event,
      names: await meterMap(client),
      hold: await holdOf(client, organizationId, eventId, scale),
      entries: seq === null ? [] : await entriesOf(client, organizationId, seq, scale),
      refunds: await refundsOf(client, organizationId, eventId, scale),
    };
  });
  if (!found) return undefined;
  const { event, names, ...trail } = found;
  return { ...trail, price: await priceOf(ctx, event, names) };
}
