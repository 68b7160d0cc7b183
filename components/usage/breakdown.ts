import { parseAmount } from "@/lib/kernel/money";
import type { UsageAnswer } from "@/lib/usage/schema";
import type { Dimension } from "./use-filters";

/** What one endpoint or model cost in the whole range; amounts in steps of the unit. */
export type Part = { name: string; cost: bigint; requests: bigint; quantities: Record<string, string> };

function sumQuantities(into: Record<string, string>, more: Record<string, number | string>): void {
  for (const [meter, count] of Object.entries(more)) {
    into[meter] = (BigInt(into[meter] ?? 0) + BigInt(count)).toString();
  }
}

/** The rows of a usage answer summed by endpoint or model, the largest first. */
export function breakdown(usage: UsageAnswer, by: Dimension, scale: number): Part[] {
  const parts = new Map<string, Part>();
  for (const row of usage.data) {
    const name = row[by] ?? "";
    const part = parts.get(name) ?? { name, cost: 0n, requests: 0n, quantities: {} };
    part.cost += parseAmount(row.cost, scale, { signed: true });
    part.requests += BigInt(row.requests);
    sumQuantities(part.quantities, row.quantities);
    parts.set(name, part);
  }
  return [...parts.values()].sort((a, b) =>
    a.cost === b.cost ? a.name.localeCompare(b.name) : a.cost > b.cost ? -1 : 1,
  );
}
