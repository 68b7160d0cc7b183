/**
 * Money that is paid: whole minor units of a currency, and what they are worth in the catalogue's unit. `digits` is how
 * many decimal digits the currency has, 0 for yen. Nothing here may be mixed with amounts of the unit.
 */
import type { CurrencyFacts } from "./currency";
import { TollgateError } from "./errors";
import { formatAmount, multiplyDivide, parseAmount } from "./money";

/** ISO code in capitals; `amount` in minor units: 1000000n is $10,000.00, 10000n is ¥10,000. */
export type Money = { amount: bigint; currency: string };

/**
 * "50" and "50.00" are 5000n with two digits, 50n with none.
 * Errors: validation_failed, also for more digits than the currency has.
 */
export function parseMinor(text: string, digits: number): bigint {
  return parseAmount(text.replace(/(\.[0-9]*?)0+$/, "$1").replace(/(?<=[0-9])\.$/, ""), digits);
}

/** An amount that is to be charged or refunded. Errors: as parseMinor; validation_failed for a part of a step. */
export function parseCharge(text: string, { digits, step }: CurrencyFacts): bigint {
  const amount = parseMinor(text, digits);
  if (amount % BigInt(step) === 0n) return amount;
  const reason = `the nearest amounts that can be charged are ${nearby(amount, { digits, step })}`;
  throw new TollgateError("validation_failed", `"${text}" is not an amount: ${reason}`, { reason });
}

function nearby(amount: bigint, { digits, step }: CurrencyFacts): string {
  const below = chargeable(amount, step);
  return `${formatMinor(below, digits)} and ${formatMinor(below + BigInt(step), digits)}`;
}

/** The largest amount up to this one that can be charged or refunded. */
export function chargeable(amount: bigint, step: number): bigint {
  return amount - (amount % BigInt(step));
}

/** With all of the currency's digits: 5000n is "50.00", of yen "5000". */
export function formatMinor(amount: bigint, digits: number): string {
  const [whole = "0", fraction = ""] = formatAmount(amount, digits).split(".");
  return digits === 0 ? whole : `${whole}.${fraction.padEnd(digits, "0")}`;
}

/**
 * The credit of a payment, in minor units of the unit. One whole unit of its currency buys `creditPerPayment` of
 * them.
 */
export function creditOf(minor: bigint, creditPerPayment: bigint, digits: number): bigint {
  return multiplyDivide(minor, creditPerPayment, 10n ** BigInt(digits));
}
