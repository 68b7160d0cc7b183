/** The catalogue's products, safe for pages. */
import type { Catalogue } from "@/lib/catalogue/schema";
import { formatMinor } from "@/lib/kernel/minor-units";
import { formatAmount } from "@/lib/kernel/money";

/** Prices in minor units as digits, credit as decimals of the unit. */
export function shopOf({ payment, topUp, packs, unit }: Catalogue) {
  const { currency, digits, symbol } = payment;
  return {
    payment: { currency, digits, symbol },
    topUp: topUp && {
      minimum: topUp.minimumMinor.toString(),
      maximum: topUp.maximumMinor.toString(),
      presets: topUp.presetsMinor.map(String),
      creditPerPayment: formatAmount(topUp.creditPerPayment, unit.scale),
    },
    packs: packs.map(({ id, name, credit, priceMinor, note, popular }) => ({
      ...{ id, name, note, popular },
      credit: formatAmount(credit, unit.scale),
      price: priceMinor.toString(),
    })),
  };
}

type Query = Record<string, string | string[] | undefined>;

/** The choice in an address (`?amount=50`, `?pack=plus`), else the default. */
export function wantedOf({ payment, topUp, packs }: Catalogue, { amount, pack }: Query) {
  const asked = packs.find(({ id }) => id === pack);
  const text = typeof amount === "string" && /^[0-9]{1,12}(?:\.[0-9]{1,3})?$/.test(amount) ? amount : undefined;
  if (asked || (text === undefined && packs.length > 0)) {
    const usual = asked ?? packs.find(({ popular }) => popular) ?? packs[0];
    return { text: "", pack: usual?.id ?? null };
  }
  const presets = topUp?.presetsMinor ?? [];
  const usual = presets[Math.floor(presets.length / 2)] ?? topUp?.minimumMinor ?? 0n;
  return { text: text ?? formatMinor(usual, payment.digits).replace(/\.0+$/, ""), pack: null };
}
