import { catalogueOfVersion, pastLines } from "@/lib/catalogue";
import { idTime } from "@/lib/kernel/ids";
import { formatAmount } from "@/lib/kernel/money";
import { jsonCount } from "@/lib/kernel/wire";
import type { Context } from "@/lib/platform/context";
import type { PaidEvent } from "./event-store";
import type { TransactionDetail } from "./schema";

/** Counts by slot as counts by name; what was not counted is left out. */
function named(counts: readonly bigint[], names: ReadonlyMap<number, string>): [string, bigint][] {
  return counts.flatMap((count, slot) => {
    const name = names.get(slot);
    return name !== undefined && count !== 0n ? [[name, count] as [string, bigint]] : [];
  });
}

/** How the call was priced: recomputed from the version that priced it, so it never changes. */
export async function priceOf(
  ctx: Context,
  event: PaidEvent,
  names: ReadonlyMap<number, string>,
): Promise<NonNullable<TransactionDetail["price"]>> {
  const catalogue = await catalogueOfVersion(ctx.db, event.catalogue_version);
  const amount = (value: bigint) => formatAmount(value, catalogue.unit.scale);
  const counts = named(event.quantities, names);
  const { endpoint, model, options } = event;
  // An event that gives another one back counts downwards; its price is that of the call.
  const quantities = Object.fromEntries(counts.map(([meter, count]) => [meter, count < 0n ? -count : count]));
  const opened = idTime(event.reverses ?? event.id);
  const lines = pastLines(catalogue, { endpoint, model, quantities, options: options ?? {} }, opened);
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
