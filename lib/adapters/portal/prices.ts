import { priceList } from "@/lib/catalogue";
import type { Catalogue } from "@/lib/catalogue/schema";

/** The price list with the words that it is printed with; nothing of any organization is in it. */
export function pricesOf({ unit, meters, labels, payment }: Catalogue) {
  return {
    list: priceList(),
    unit,
    meters: Object.fromEntries(meters.map(({ name, label, singular, larger }) => [name, { label, singular, larger }])),
    shop: { promotional: labels.promotional, topUp: labels.topUp, symbol: payment.symbol },
  };
}
