import { catalogueOfVersion, currentCatalogue, priceCall } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { publicId, requirePublicId, uuidSequence } from "@/lib/kernel/ids";
import { formatAmount } from "@/lib/kernel/money";
import { jsonCount } from "@/lib/kernel/wire";
import type { Context } from "@/lib/platform/context";
import { type PrismaTransaction, withOrganization } from "@/lib/platform/db";
import { mayRead } from "./may-read";
import type { GrantKind, TransactionDetail } from "./schema";
import { eventsOf, type PaidEvent, transactionAnswer } from "./transaction-answer";

function notFound(): TollgateError {
  return new TollgateError("not_found", "There is no object with this id.");
}

/** Counts by slot as counts by name; what was not counted is left out. */
function named(counts: readonly bigint[], names: ReadonlyMap<number, string>): [string, bigint][] {
  return counts.flatMap((count, slot) => {
    const name = names.get(slot);
    return name !== undefined && count !== 0n ? [[name, count] as [string, bigint]] : [];
  });
}

/** How the call was priced: recomputed from the version that priced it, so it is the same for ever. */
async function priceOf(
  ctx: Context,
  event: PaidEvent,
  names: ReadonlyMap<number, string>,
): Promise<TransactionDetail["price"]> {
  const catalogue = await catalogueOfVersion(ctx.db, event.catalogue_version);
  const amount = (value: bigint) => formatAmount(value, catalogue.unit.scale);
  const counts = named(event.quantities, names);
  const { endpoint, model, options } = event;
  // An event that gives another one back counts downwards; its price is that of the call.
  const quantities = Object.fromEntries(counts.map(([meter, count]) => [meter, count < 0n ? -count : count]));
  const { lines } = priceCall(catalogue, { endpoint, model, quantities, options: options ?? {} });
  return {
    occurredAt: event.occurred_at.toISOString(),
    quantities: Object.fromEntries(counts.map(([meter, count]) => [meter, jsonCount(count)])),
    options,
    cost: amount(event.cost),
    waived: amount(event.waived),
    version: event.catalogue_version,
    discountPercent: event.discount_percent,
    lines: lines.map((line) => ({
      ...line,
      quantity: jsonCount(line.quantity),
      unitAmount: amount(line.unitAmount),
      per: jsonCount(line.per),
      amount: amount(line.amount),
    })),
  };
}

async function entriesOf(tx: PrismaTransaction, organizationId: string, seq: bigint, scale: number) {
  const entries = await tx.entry.findMany({
    where: { organizationId, transactionSeq: seq },
    orderBy: { line: "asc" },
  });
  const ids = entries.flatMap((entry) => entry.grantId ?? []);
  const grants = new Map(
    (await tx.grant.findMany({ where: { organizationId, id: { in: ids } } })).map((grant) => [grant.id, grant]),
  );
  return entries.map((entry): TransactionDetail["entries"][number] => {
    const grant = entry.grantId ? grants.get(entry.grantId) : undefined;
    return {
      account: entry.account as TransactionDetail["entries"][number]["account"],
      amount: formatAmount(entry.amount, scale),
      grant: grant
        ? {
            id: publicId("grt", organizationId, grant.id),
            kind: grant.kind as GrantKind,
            source: grant.source,
            createdAt: grant.createdAt.toISOString(),
            expiresAt: grant.expiresAt?.toISOString() ?? null,
          }
        : null,
    };
  });
}

/** One transaction with its entries, their grants, and how its call was priced. Errors: not_found. */
export async function getTransaction(ctx: Context, input: { id: string }): Promise<TransactionDetail> {
  mayRead(ctx);
  const { organizationId } = ctx;
  const { scale } = currentCatalogue().catalogue.unit;
  const id = requirePublicId(input.id, "txn");
  const seq = uuidSequence(id.id);
  if (id.organizationId !== organizationId || seq === undefined) throw notFound();
  const found = await withOrganization(ctx.db, organizationId, async (tx) => {
    const row = await tx.transaction.findUnique({ where: { organizationId_seq: { organizationId, seq } } });
    if (!row) throw notFound();
    const event = row.eventId ? (await eventsOf(tx, organizationId, [row])).get(row.eventId) : undefined;
    const meters = event ? await tx.meter.findMany() : [];
    return { row, event, meters, entries: await entriesOf(tx, organizationId, seq, scale) };
  });
  const names = new Map(found.meters.map((meter) => [meter.slot, meter.name]));
  return {
    ...transactionAnswer(found.row, found.event, scale),
    entries: found.entries,
    price: found.event ? await priceOf(ctx, found.event, names) : null,
  };
}
