/** The purchase of a rule at the live catalogue's prices. Pure. */
import type { CatalogueVersion } from "@/lib/catalogue";
import { creditOf, formatMinor } from "@/lib/kernel/minor-units";
import type { Purchase } from "./auto-store";

type Sold = Pick<CatalogueVersion, "catalogue" | "version">;

/** Undefined if the catalogue no longer sells it. */
export function purchaseOf(
  { catalogue, version }: Sold,
  { amount, pack }: { amount: bigint | null; pack: string | null },
): Purchase | undefined {
  const { payment, topUp, packs, autoTopUp } = catalogue;
  const { currency, digits, symbol } = payment;
  const sold = { currency, catalogueVersion: version };
  if (autoTopUp?.by === "amount" && topUp && amount !== null) {
    if (amount < topUp.minimumMinor || amount > topUp.maximumMinor) return undefined;
    const credit = creditOf(amount, topUp.creditPerPayment, digits);
    return {
      ...sold,
      amount,
      credit,
      description: `${catalogue.labels.autoTopUp}: ${symbol}${formatMinor(amount, digits)}`,
    };
  }
  const found = autoTopUp?.by === "pack" ? packs.find(({ id }) => id === pack) : undefined;
  if (!found) return undefined;
  const description = `${catalogue.labels.autoTopUp}: ${found.name}`;
  return { ...sold, amount: found.priceMinor, credit: found.credit, description };
}
