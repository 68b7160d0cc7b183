import { grouped } from "./locale";
import { formatAmount, parseAmount, roundDown, roundHalfUp } from "./money";

export type UnitFacts = {
  code: string;
  kind: "currency" | "credits" | "tokens";
  scale: number;
  symbol: string;
  singular: string;
  plural: string;
};
/**
 * The one rule of rounding (docs/portal.md): what there is, a balance, is rounded down, so that nothing shown is more
 * than there is; every other amount (given, taken, set, computed) is of record and rounded half up.
 */
export type AmountKind = "balance" | "record";

const MINUS = "−";
const SIGNIFICANT_DIGITS = 3;
const MONEY_DIGITS = 2;
/** From here on a part of a token says nothing. */
const LEAST_WHOLE_TOKENS = 1_000n;

/** Decimal digits that keep three significant ones of an amount below one unit. */
function significant(amount: bigint, scale: number): number {
  return Math.min(scale, scale - amount.toString().length + SIGNIFICANT_DIGITS);
}

function digitsOf(amount: bigint, unit: UnitFacts, kind: AmountKind): number {
  const one = 10n ** BigInt(unit.scale);
  if (unit.kind === "tokens" && amount >= one * LEAST_WHOLE_TOKENS) return 0;
  if (amount === 0n || amount >= one) return Math.min(unit.scale, MONEY_DIGITS);
  const cent = unit.scale >= MONEY_DIGITS ? one / 100n : 1n;
  if (kind === "balance" && amount >= cent) return MONEY_DIGITS;
  return Math.max(MONEY_DIGITS, significant(amount, unit.scale));
}

function written(amount: bigint, scale: number, fewest: number): string {
  const [integer = "0", fraction = ""] = formatAmount(amount, scale).split(".");
  const padded = fraction.padEnd(fewest, "0");
  return `${grouped(integer)}${padded ? `.${padded}` : ""}`;
}

function named(text: string, unit: UnitFacts): string {
  if (unit.kind === "currency") return `${unit.symbol}${text}`;
  return `${text} ${text === "1" ? unit.singular : unit.plural}`;
}

/** An amount of minor units: the shown text, and the exact one. */
export function printAmount(
  amount: bigint,
  unit: UnitFacts,
  kind: AmountKind = "record",
): { text: string; exact: string } {
  const sign = amount < 0n ? MINUS : "";
  const size = amount < 0n ? -amount : amount;
  const fewest = unit.kind === "currency" ? MONEY_DIGITS : 0;
  const exact = `${sign}${named(written(size, unit.scale, fewest), unit)}`;
  // A balance below zero is shown further below, not nearer.
  const down = (of: bigint, scale: number, digits: number) => {
    const lower = roundDown(amount < 0n ? -of : of, scale, digits);
    return lower < 0n ? -lower : lower;
  };
  const round = kind === "balance" ? down : roundHalfUp;
  const million = 10n ** BigInt(unit.scale + 6);
  if (unit.kind === "tokens" && size >= million) {
    const rounded = round(size, unit.scale + 6, MONEY_DIGITS);
    return { text: `${sign}${named(`${written(rounded, unit.scale + 6, 0)} M`, unit)}`, exact };
  }
  const rounded = round(size, unit.scale, digitsOf(size, unit, kind));
  // A part of a credit has two digits at least, so that a column lines up; whole credits have none.
  const parted = rounded % 10n ** BigInt(unit.scale) !== 0n;
  const shown = parted ? Math.min(unit.scale, MONEY_DIGITS) : fewest;
  return { text: `${sign}${named(written(rounded, unit.scale, shown), unit)}`, exact };
}

/** The same for a decimal string of the API. */
export function printDecimal(
  decimal: string,
  unit: UnitFacts,
  kind: AmountKind = "record",
): { text: string; exact: string } {
  return printAmount(parseAmount(decimal, unit.scale, { signed: true }), unit, kind);
}

/** A count of requests or of a meter, with thousands apart. */
export function printCount(count: number | string): string {
  return grouped(BigInt(count).toString());
}

/** Prints the rest of an amount: as the amount itself while all of it is left. */
export function kindOfRest(rest: string, of: string): AmountKind {
  return rest === of ? "record" : "balance";
}
