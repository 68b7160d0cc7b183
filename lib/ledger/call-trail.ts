import { currentCatalogue } from "@/lib/catalogue";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { priceOf } from "./call-price";
import { holdOf, refundsOf } from "./call-trail-store";
import { entriesOf } from "./entry-store";
import { eventsOf, meterMap } from "./event-store";
import type { EntryAnswer, TransactionDetail } from "./schema";

export type CallTrail = {
  hold: { id: string; ceiling: string; openedAt: string; endedAt: string | null; expiresAt: string } | null;
  price: NonNullable<TransactionDetail["price"]>;
  entries: EntryAnswer[];
  refunds: { event: string; transaction: string | null; amount: string; postedAt: string; reason: string | null }[];
};

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
