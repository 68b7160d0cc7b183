import type { z } from "zod";
import { TollgateError } from "./errors";

/** Checks a verb's input. Errors: validation_failed, naming the first wrong field. */
export function checkInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join(".") ?? "";
  throw new TollgateError("validation_failed", `${field || "input"}: ${issue?.message ?? "is wrong"}`, { field });
}
