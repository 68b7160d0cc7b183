/** Translates a schema's issues for callers: the field and its rule. */
import type { z } from "zod";
import { TollgateError } from "@/lib/kernel/errors";

export type FieldError = { field: string; message: string };
type Issue = z.core.$ZodIssue;

const MOST_ERRORS = 20;
const LONGEST_FIELD = 200;

function fieldOf(path: readonly PropertyKey[], whole: string): string {
  let field = "";
  for (const part of path)
    field += typeof part === "number" ? `[${part}]` : `${field === "" ? "" : "."}${String(part)}`;
  return field === "" ? whole : field.slice(0, LONGEST_FIELD);
}

/** A union's own words are "Invalid input"; the words of the alternative that came furthest say more. */
function messageOf(issue: Issue): string {
  if (issue.code === "invalid_key") return issue.issues[0]?.message ?? issue.message;
  return issue.message;
}

function errorsOf(issue: Issue, whole: string): FieldError[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ field: fieldOf([...issue.path, key], whole), message: "is not a known field" }));
  }
  return [{ field: fieldOf(issue.path, whole), message: messageOf(issue) }];
}

/** `whole` names the thing itself ("body", "query") for an error that is no single field's. */
export function invalid(error: z.ZodError, whole: string): TollgateError {
  const errors = error.issues.flatMap((issue) => errorsOf(issue, whole)).slice(0, MOST_ERRORS);
  const first = errors[0];
  const detail = first ? `${first.field}: ${first.message}` : `The ${whole} is wrong.`;
  return new TollgateError("validation_failed", detail, { errors });
}

export function invalidField(field: string, message: string): TollgateError {
  return new TollgateError("validation_failed", `${field}: ${message}`, { errors: [{ field, message }] });
}

/** Errors: validation_failed with the list of problems. */
export function check<Schema extends z.ZodType>(schema: Schema, value: unknown, whole: string): z.output<Schema> {
  const result = schema.safeParse(value);
  if (!result.success) throw invalid(result.error, whole);
  return result.data;
}
