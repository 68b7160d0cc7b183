import { z } from "zod";

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here.
const NO_CONTROL = /^[^\u0000-\u001f\u007f]*$/;

/** A gateway's own identifier of a customer, which is not a name. */
export const externalIdField = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(NO_CONTROL, { error: "must not hold control characters" })
  .refine((text) => text.isWellFormed(), { error: "must be well-formed text" });
