import { currencyFacts } from "@/lib/kernel/currency";
import { creditOf, parseCharge } from "@/lib/kernel/minor-units";
import { parseAmount } from "@/lib/kernel/money";
import { printAmount, type UnitFacts } from "@/lib/kernel/print-amount";
import { type MoneyFacts, printMoney } from "@/lib/kernel/print-money";

/** What is for sale, as the page was given it; prices are shown from it and charged by the server's own. */
export type Shop = {
  payment: MoneyFacts;
  /** Minor units as digits; `creditPerPayment` is a decimal of the unit. Null where only packs are sold. */
  topUp: { minimum: string; maximum: string; presets: readonly string[]; creditPerPayment: string } | null;
  packs: readonly { id: string; name: string; credit: string; price: string; note: string | null; popular: boolean }[];
};
/** `text` is the typed amount, `pack` the chosen pack. */
export type PurchaseInput = { text: string; pack: string | null };
export type Quote = { price: string; credit: string; after: string };

function minorOf(text: string, { currency, digits }: MoneyFacts): bigint | undefined {
  try {
    return parseCharge(text.trim().replace(/^0+(?=\d)/, ""), { digits, step: currencyFacts(currency).step });
  } catch {
    return undefined;
  }
}

function bought({ topUp, packs, payment }: Shop, { text, pack }: PurchaseInput, unit: UnitFacts) {
  const chosen = packs.find(({ id }) => id === pack);
  if (chosen) return { minor: BigInt(chosen.price), credit: parseAmount(chosen.credit, unit.scale) };
  const minor = topUp ? minorOf(text, payment) : undefined;
  if (!topUp || minor === undefined || minor < BigInt(topUp.minimum) || minor > BigInt(topUp.maximum)) return undefined;
  return { minor, credit: creditOf(minor, parseAmount(topUp.creditPerPayment, unit.scale), payment.digits) };
}

/**
 * The price of a round number of units in a pack, so that packs can be compared: the largest power of ten that the
 * smallest pack holds. The price is rounded half up to the currency's digits.
 */
export function packRate(
  { credit, price }: Pick<Shop["packs"][number], "credit" | "price">,
  { packs, payment }: Shop,
  unit: UnitFacts,
): { price: string; units: string } {
  const credits = packs.map((pack) => parseAmount(pack.credit, unit.scale));
  const least = credits.reduce((a, b) => (b < a ? b : a));
  const units = 10n ** BigInt(least.toString().length - 1);
  const size = parseAmount(credit, unit.scale);
  const minor = (2n * BigInt(price) * units + size) / (2n * size);
  return { price: printMoney(minor, payment), units: printAmount(units, unit).text };
}

/** What a purchase costs and brings, in words; nothing while it is none. `available` is a decimal of the unit. */
export function quoteOf(shop: Shop, wanted: PurchaseInput, available: string, unit: UnitFacts): Quote | undefined {
  const found = bought(shop, wanted, unit);
  if (!found) return undefined;
  const after = parseAmount(available, unit.scale, { signed: true }) + found.credit;
  return {
    price: printMoney(found.minor, shop.payment),
    credit: printAmount(found.credit, unit).text,
    after: printAmount(after, unit, "balance").text,
  };
}
