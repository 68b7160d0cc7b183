/** The building blocks of each route's parameters, and Stripe's errors for wrong ones. */
import { z } from "zod";
import { chargedCurrency } from "@/lib/kernel/currency";
import { invalid, StripeFault } from "./fault";
import type { Form } from "./form-body";

const MOST_METADATA = 50;

/** "" means nothing: it takes a field's value away. */
export const text = z.string();
export const filled = z.string().min(1, {
  error:
    "You passed an empty string. We assume empty values are an attempt to unset a parameter; however this one cannot be unset.",
});
export const integer = z
  .string()
  .regex(/^-?\d{1,15}$/, { error: ({ input }) => `Invalid integer: ${String(input)}` })
  .transform(Number);
export const flag = z
  .enum(["true", "false"], { error: ({ input }) => `Invalid boolean: ${String(input)}` })
  .transform((word) => word === "true");
/** A parameter that is accepted and has no effect here. */
export const ignored = z.unknown().optional();
export const metadata = z.union([
  z.literal("").transform((): Record<string, string> => ({})),
  z
    .record(z.string().min(1).max(40), z.string().max(500))
    .refine((pairs) => Object.keys(pairs).length <= MOST_METADATA, {
      error: `Metadata can have at most ${MOST_METADATA} keys.`,
    }),
]);
export const currency = z
  .string()
  .regex(/^[a-z]{3}$/i, { error: ({ input }) => `Invalid currency: ${String(input)}.` })
  .refine((word) => chargedCurrency(word.toUpperCase()) !== undefined, {
    error: ({ input }) => `Invalid currency: ${String(input)}. Stripe does not charge it.`,
  })
  .transform((word) => word.toLowerCase());
export const listed = z.array(z.string());

const time = z.union([
  integer,
  z.strictObject({ gt: integer.optional(), gte: integer.optional(), lt: integer.optional(), lte: integer.optional() }),
]);

/** The parameters of every list. */
export const paging = {
  limit: integer
    .refine((count) => count >= 1 && count <= 100, { error: "This value must be between 1 and 100." })
    .optional(),
  starting_after: filled.optional(),
  ending_before: filled.optional(),
  created: time.optional(),
};

function nameOf(path: PropertyKey[]): string {
  const [first, ...rest] = path.map(String);
  return [first, ...rest.map((part) => `[${part}]`)].join("");
}

function faultOf(issue: z.core.$ZodIssue): StripeFault {
  const inner = issue.code === "invalid_union" ? issue.errors.flat()[0] : undefined;
  const path = [...issue.path, ...(inner?.path ?? [])];
  const said = inner ?? issue;
  if (said.code === "unrecognized_keys") {
    const name = nameOf([...path, said.keys[0] ?? ""]);
    return invalid(`Received unknown parameter: ${name}`, "parameter_unknown", name);
  }
  const name = nameOf(path);
  if (said.code === "invalid_type" && said.message.endsWith("undefined")) {
    return invalid(`Missing required param: ${name}.`, "parameter_missing", name);
  }
  const code = said.message.startsWith("Invalid integer") ? "parameter_invalid_integer" : undefined;
  const message = code || said.code === "custom" ? said.message : `Invalid ${name}: ${said.message}`;
  return invalid(message, said.code === "too_small" ? "parameter_invalid_empty" : code, name);
}

/** Errors: invalid_request_error for the first parameter that is wrong; it is not kept under an idempotency key. */
export function readParams<Schema extends z.ZodType>(schema: Schema, form: Form): z.output<Schema> {
  const result = schema.safeParse(form);
  if (result.success) return result.data;
  const [first] = result.error.issues;
  if (!first) throw result.error;
  const { status, body } = faultOf(first);
  throw new StripeFault(status, body, false);
}
