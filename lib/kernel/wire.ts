/** Pieces that every list and every answer shares on the wire: filters, times, amounts, counts. Safe for the browser. */
import { z } from "zod";

const LONGEST_FILTER = 255;

/** Text to compare with a column: PostgreSQL stores neither NUL nor half of a surrogate pair. */
export const filterText = z
  .string()
  .min(1, "must not be empty")
  .max(LONGEST_FILTER, `must have at most ${LONGEST_FILTER} characters`)
  .refine((value) => !value.includes("\0") && value.isWellFormed(), "must not contain NUL or lone surrogates");

export const instant = z.iso
  .datetime({ offset: true, error: "must be an RFC 3339 time such as 2026-11-21T10:00:00Z" })
  .transform((value) => new Date(value))
  .meta({ type: "string", format: "date-time" });

/** A query parameter that may list several values, separated by commas. */
export function listOf<Value extends z.ZodType<string, string>>(value: Value, most: number) {
  return z
    .string()
    .transform((text) => text.split(",").filter((part) => part !== ""))
    .pipe(z.array(value).max(most, `must name at most ${most}`))
    .meta({ type: "string", description: "Several values are separated by commas." });
}

const DIGITS = /^[0-9]{1,4}$/;
/** How many rows a page has. */
export function pageLimit(most: number, usual: number) {
  return z
    .string()
    .regex(DIGITS, "must be a whole number")
    .transform(Number)
    .pipe(z.int().min(1, "must be at least 1").max(most, `must be at most ${most}`))
    .default(usual)
    .meta({ type: "integer", minimum: 1, maximum: most, default: usual });
}

export const queryFlag = z
  .enum(["true", "false"], { error: "must be true or false" })
  .transform((value) => value === "true")
  .meta({ type: "boolean" });

export const amountOut = z.string().meta({ example: "0.24", pattern: "^-?(0|[1-9][0-9]*)(\\.[0-9]*[1-9])?$" });
export const timeOut = z.string().meta({ format: "date-time", example: "2026-11-21T10:00:00.000Z" });
export const countOut = z
  .union([z.int(), z.string()])
  .meta({ type: "integer", description: "An integer; a string of digits from 2^53 on." });

/** A count as JSON can carry it without loss. */
export function jsonCount(count: bigint): number | string {
  const safe = count <= BigInt(Number.MAX_SAFE_INTEGER) && count >= BigInt(Number.MIN_SAFE_INTEGER);
  return safe ? Number(count) : count.toString();
}
