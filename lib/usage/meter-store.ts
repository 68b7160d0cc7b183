import { jsonCount } from "@/lib/kernel/wire";
import type { Client } from "./range-store";

/** Meter names in the order of their slots; a slot that no meter has any more is empty. */
export async function meterNames({ tables }: Client): Promise<string[]> {
  const names: string[] = [];
  for (const { slot, name } of await tables.meter.findMany({ orderBy: { slot: "asc" } })) {
    while (names.length < slot) names.push("");
    names[slot] = name;
  }
  return names;
}

/** Counts by slot as counts by name; what was not counted is left out. */
export function byName(counts: readonly bigint[], names: readonly string[]): Record<string, number | string> {
  const named: Record<string, number | string> = {};
  counts.forEach((count, slot) => {
    const name = names[slot];
    if (name && count !== 0n) named[name] = jsonCount(count);
  });
  return named;
}
