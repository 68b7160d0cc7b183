/** Amounts in a currency's smallest unit, as people read them. */
import { currencyFacts } from "@/lib/kernel/currency";

/** Stripe's smallest payments; others are taken from 50 of the smallest unit on. */
const SMALLEST: Readonly<Record<string, number>> = { usd: 50, eur: 50, gbp: 30, jpy: 50 };
export const MOST = 99_999_999;

export const smallest = (currency: string): number => SMALLEST[currency] ?? 50;

export function moneyText(amount: number, currency: string): string {
  const { digits } = currencyFacts(currency.toUpperCase());
  const shown = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat("en-US", { style: "currency", currency, ...shown }).format(amount / 10 ** digits);
}

/** The smallest step of amounts in the currency. */
export const stepOf = (currency: string): number => currencyFacts(currency.toUpperCase()).step;
