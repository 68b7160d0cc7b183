/** The schemas of single fields in a catalogue file: amounts, names, labels, counts. */
import { z } from "zod";

export const LARGEST_QUANTITY = 2n ** 53n - 1n;

export const amount = z
  .string({ error: 'must be a decimal in quotes, such as "0.15"' })
  .regex(/^(0|[1-9][0-9]{0,18})(\.[0-9]{1,18})?$/, { error: 'must be a decimal in quotes, such as "0.15"' });
export const name = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9_-]*$/, {
    error: "must start with a lower-case letter and contain only lower-case letters, digits, _ and -",
  });
export const optionName = z
  .string()
  .max(40)
  .regex(/^[a-z][a-zA-Z0-9]*$/, { error: "must start with a lower-case letter and contain only letters and digits" });
export const modelName = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:/@-]*$/, { error: "must contain only letters, digits and . _ : / @ -" });
export const text = z.string().min(1).max(300);
export const label = z.string().min(1).max(80);
export const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
export const optionValue = z.union([z.string().min(1).max(40), z.boolean()], {
  error: "must be a word, true or false",
});
