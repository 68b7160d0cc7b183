/**
 * The only place that divides, rounds, parses or prints an amount. An amount is a bigint of the unit's smallest
 * step; `scale` is how many decimal digits the unit has.
 */
import { TollgateError } from "./errors";

/** The largest amount that the database's BIGINT holds. */
export const MAX_AMOUNT = 2n ** 63n - 1n;

const DECIMAL = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?$/;
const LONGEST_TEXT = 40;

function refuse(text: unknown, reason: string): never {
  const shown = typeof text === "string" ? text.slice(0, LONGEST_TEXT) : typeof text;
  throw new TollgateError("validation_failed", `"${shown}" is not an amount: ${reason}`, { reason });
}

/**
 * Reads a decimal string as an amount of a unit with `scale` digits.
 * Errors: validation_failed (exponent, unwanted sign, spaces, NaN, too many digits, too large).
 */
export function parseAmount(text: string, scale: number, { signed = false }: { signed?: boolean } = {}): bigint {
  if (typeof text !== "string" || text.length > LONGEST_TEXT) refuse(text, "write a decimal string such as 0.24");
  const match = DECIMAL.exec(text);
  if (!match) refuse(text, "write a decimal string such as 0.24, without exponent, plus sign or spaces");
  const [, sign = "", whole = "0", fraction = ""] = match;
  if (sign && !signed) refuse(text, "it must not be negative");
  if (fraction.length > scale) refuse(text, `it has more than ${scale} decimal digits`);
  const magnitude = BigInt(whole + fraction.padEnd(scale, "0"));
  if (magnitude > MAX_AMOUNT) refuse(text, "it is too large");
  return sign ? -magnitude : magnitude;
}

/** Prints an amount as a decimal string without trailing zeros: 240000000n at scale 9 is "0.24". */
export function formatAmount(amount: bigint, scale: number): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, "");
  return `${amount < 0n ? "-" : ""}${whole}${fraction ? `.${fraction}` : ""}`;
}

/** a × b ÷ c, divided once and rounded half up (away from zero when the result is negative). */
export function multiplyDivide(a: bigint, b: bigint, c: bigint): bigint {
  if (c === 0n) throw new RangeError("multiplyDivide: the divisor is zero");
  const product = a * b;
  if (c === 1n) return product;
  const negative = product < 0n !== c < 0n;
  const numerator = product < 0n ? -product : product;
  const divisor = c < 0n ? -c : c;
  const rounded = (2n * numerator + divisor) / (2n * divisor);
  return negative ? -rounded : rounded;
}

/** The same rounded down: a share that is never more than its part. Takes values ≥ 0. */
export function multiplyDivideDown(a: bigint, b: bigint, c: bigint): bigint {
  if (a < 0n || b < 0n || c <= 0n) throw new RangeError("multiplyDivideDown: takes no negative values");
  return (a * b) / c;
}

/**
 * Splits `total` in proportion to `weights`; the parts always sum to the total. What integer division leaves over
 * goes to the largest remainders, the earliest first among equals. Weights are ≥ 0 and not all zero.
 */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  let sum = 0n;
  for (const weight of weights) {
    if (weight < 0n) throw new RangeError("allocate: a weight is negative");
    sum += weight;
  }
  if (sum === 0n) throw new RangeError("allocate: there is no weight to share by");
  const sign = total < 0n ? -1n : 1n;
  const magnitude = total * sign;
  const shares = weights.map((weight, index) => ({
    index,
    part: (magnitude * weight) / sum,
    remainder: (magnitude * weight) % sum,
  }));
  let left = magnitude - shares.reduce((done, share) => done + share.part, 0n);
  const byRemainder = [...shares].sort((x, y) =>
    x.remainder === y.remainder ? x.index - y.index : x.remainder > y.remainder ? -1 : 1,
  );
  for (const share of byRemainder) {
    if (left === 0n) break;
    share.part += 1n;
    left -= 1n;
  }
  return shares.map((share) => share.part * sign);
}

function stepOf(scale: number, digits: number): bigint {
  return 10n ** BigInt(Math.max(0, scale - digits));
}

/** Rounds towards minus infinity to `digits` decimal digits: a balance is never shown larger than it is. */
export function roundDown(amount: bigint, scale: number, digits: number): bigint {
  const step = stepOf(scale, digits);
  const rest = amount % step;
  return amount - rest - (rest < 0n ? step : 0n);
}

/** Rounds half up (away from zero) to `digits` decimal digits. */
export function roundHalfUp(amount: bigint, scale: number, digits: number): bigint {
  const step = stepOf(scale, digits);
  return multiplyDivide(amount, 1n, step) * step;
}

/** Floors a count to its first `digits` significant digits: 142n to two digits is 140n. Takes counts ≥ 0. */
export function floorSignificant(count: bigint, digits: number): bigint {
  const step = 10n ** BigInt(Math.max(0, count.toString().length - digits));
  return count - (count % step);
}

const NOTATION = /^([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]{1,3}))?$/;

/**
 * Writes a price list's number ("1.5e-07") as a plain decimal times 10^places ("0.15" for 6), digit by digit, so that
 * no float arithmetic touches it. Errors: validation_failed (not a number of ≥ 0).
 */
export function shiftDecimal(text: string, places: number): string {
  const match = NOTATION.exec(text);
  if (!match) refuse(text, "write a number that is not negative");
  const [, whole = "", fraction = "", exponent = "0"] = match;
  const scale = fraction.length - Number(exponent) - places;
  const digits = BigInt(whole + fraction);
  return scale <= 0 ? (digits * 10n ** BigInt(-scale)).toString() : formatAmount(digits, scale);
}

/** A plain decimal, rounded half up to `digits` digits after the point: "33.3335" to 3 is "33.334". */
export function roundDecimal(text: string, digits: number): string {
  const [whole = "", fraction = ""] = text.split(".");
  if (fraction.length <= digits) return text;
  const steps = multiplyDivide(BigInt(whole + fraction), 1n, 10n ** BigInt(fraction.length - digits));
  return formatAmount(steps, digits);
}
