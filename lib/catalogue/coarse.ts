/**
 * Finds rates so small beside the smallest amount of the unit that a common call is charged nothing, or twice its
 * price.
 */
import { formatAmount, multiplyDivide, shiftDecimal } from "@/lib/kernel/money";
import type { CatalogueFile, ComponentFile } from "./file";
import type { Issue } from "./issues";

/** A short call: one of what is priced by the thousand, a prompt of a hundred of what is priced by the million. */
const SHORT: Readonly<Record<ComponentFile["per"], { count: bigint; places: number }>> = {
  1: { count: 1n, places: 0 },
  1000: { count: 1n, places: -3 },
  1000000: { count: 100n, places: -4 },
};

/** Warnings, not errors: the unit's scale cannot change once balances are counted in it, but a price can. */
export function coarseWarnings({ unit, prices }: CatalogueFile): Issue[] {
  return prices.flatMap((price, index) =>
    price.components.flatMap(({ meter, amount = "0", per }, part): Issue[] => {
      const { count, places } = SHORT[per];
      const steps = BigInt(shiftDecimal(amount, unit.scale)) * count;
      const charged = multiplyDivide(steps, 1n, BigInt(per));
      // Charged as nothing, or half as much again and more.
      if (steps === 0n || (charged > 0n && 2n * charged * BigInt(per) < 3n * steps)) return [];
      const said = `${count} ${meter} of ${price.model} cost ${shiftDecimal(amount, places)} ${unit.code}`;
      const taken = `are charged as ${formatAmount(charged, unit.scale)}, because the smallest amount of the unit is ${formatAmount(1n, unit.scale)}`;
      const fix = "give a new installation's unit a larger `scale`, or price longer calls";
      return [{ path: ["prices", index, "components", part, "amount"], message: `${said} and ${taken}; ${fix}` }];
    }),
  );
}
