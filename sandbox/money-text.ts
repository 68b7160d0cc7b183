/** Amounts in a currency's smallest unit, as people read them. */

/** Stripe's smallest payments; others are taken from 50 of the smallest unit on. */
const SMALLEST: Readonly<Record<string, number>> = { usd: 50, eur: 50, gbp: 30, jpy: 50 };
export const MOST = 99_999_999;

export const smallest = (currency: string): number => SMALLEST[currency] ?? 50;

export function moneyText(amount: number, currency: string): string {
  const format = new Intl.NumberFormat("en-US", { style: "currency", currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
