/** The label of a card: the brand as its holder knows it, and the last four digits. */
const BRANDS: Record<string, string> = {
  amex: "American Express",
  cartes_bancaires: "Cartes Bancaires",
  diners: "Diners Club",
  discover: "Discover",
  eftpos_au: "eftpos",
  jcb: "JCB",
  link: "Link",
  mastercard: "Mastercard",
  unionpay: "UnionPay",
  visa: "Visa",
};

export function brandName(brand: string | null | undefined): string {
  return (brand && BRANDS[brand]) || "Card";
}

/** "Visa ···· 4242" */
export function cardLabel(card: { brand?: string | null; last4?: string | null }): string {
  return `${brandName(card.brand)} ···· ${card.last4 ?? "····"}`;
}
