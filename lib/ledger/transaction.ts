import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { requirePublicId, uuidSequence } from "@/lib/kernel/ids";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { priceOf } from "./call-price";
import { entriesOf } from "./entry-store";
import { eventsOf, meterMap } from "./event-store";
import type { TransactionDetail } from "./schema";
import { transactionAnswer } from "./transaction-answer";
import { readTransaction } from "./transaction-store";

function notFound(): TollgateError {
  return new TollgateError("not_found", "There is no object with this id.");
}

/** One transaction with its entries, their grants, and how its call was priced. Errors: not_found. */
export async function getTransaction(ctx: Context, input: { id: string }): Promise<TransactionDetail> {
  mayRead(ctx);
  const { organizationId } = ctx;
  const { scale } = currentCatalogue().catalogue.unit;
  const id = requirePublicId(input.id, "txn");
  const seq = uuidSequence(id.id);
  if (id.organizationId !== organizationId || seq === undefined) throw notFound();
  const found = await queryOrganization(ctx.db, organizationId, async (client) => {
    const row = await readTransaction(client, organizationId, seq);
    if (!row) throw notFound();
    const event = row.eventId ? (await eventsOf(client, organizationId, [row])).get(row.eventId) : undefined;
    const meters = event ? await meterMap(client) : new Map<number, string>();
    return { row, event, meters, entries: await entriesOf(client, organizationId, seq, scale) };
  });
  return {
    ...transactionAnswer(found.row, found.event, scale),
    entries: found.entries,
    price: found.event ? await priceOf(ctx, found.event, found.meters) : null,
  };
}
