import type { z } from "zod";
import { TollgateError } from "./errors";

/** Where a list continues. Opaque to the caller, who can only hand it back. */
export function encodeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

/** Errors: validation_failed when it is not a cursor of this list. */
export function decodeCursor<Parts extends z.ZodType>(cursor: string, parts: Parts): z.output<Parts> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    value = undefined;
  }
  const result = parts.safeParse(value);
  if (result.success) return result.data;
  throw new TollgateError("validation_failed", "cursor must be a nextCursor of this list", { field: "cursor" });
}
