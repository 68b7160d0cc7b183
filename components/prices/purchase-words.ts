/** What a small purchase buys, in the catalogue's words. */

import type { PriceList } from "@/lib/catalogue/schema";
import { printCount, printDecimal } from "@/lib/kernel/print-amount";
import type { Wording } from "./price-words";

type Purchase = NonNullable<PriceList["purchase"]>;
/** The catalogue's labels of credit, and the sign of its payment money. */
export type ShopWords = { promotional: string; topUp: string; symbol: string };

const money = (price: string, symbol: string) => `${symbol}${price}`;

/** "What $5.00 buys". */
export function buysTitle({ credit }: Purchase, { t, unit }: Wording): string {
  return t("buys", { kind: unit.kind, amount: printDecimal(credit, unit).exact });
}

function whence({ from, credit, price, name }: Purchase, { t, unit }: Wording, shop: ShopWords): string {
  const amount = printDecimal(credit, unit).exact;
  if (from === "signup") return t("first.signup", { amount, label: shop.promotional });
  const paid = money(price ?? "", shop.symbol);
  if (from === "topUp") return t("first.topUp", { label: shop.topUp, price: paid });
  // A pack that is called "500 credits" needs no name before the amount.
  return name === amount
    ? t("first.credit", { amount, price: paid })
    : t("first.pack", { label: name ?? "", amount, price: paid });
}

/** "A new account gets $5.00 (Free credits). This buys about 33 requests at base price or about 140 searches." */
export function purchaseWords(purchase: Purchase, wording: Wording, shop: ShopWords): string {
  const { t, unit } = wording;
  const first = whence(purchase, wording, shop);
  const calls = purchase.buys.map(({ label, about }) => t("about", { count: printCount(about), label }));
  const last = calls.pop();
  if (last === undefined) return first;
  const list = calls.length > 0 ? t("or", { first: calls.join(", "), second: last }) : last;
  return `${first} ${t("baseline", { kind: unit.kind, list })}`;
}
