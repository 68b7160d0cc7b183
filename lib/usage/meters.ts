import { jsonCount } from "@/lib/kernel/wire";
import type { Client } from "./range";

/** Meter names in the order of their slots; a slot that no meter has any more is empty. */
export async function meterNames(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ slot: number; name: string }>("SELECT slot, name FROM meter ORDER BY slot");
  const names: string[] = [];
  for (const { slot, name } of rows) {
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
