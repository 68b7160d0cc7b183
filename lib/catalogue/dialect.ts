import type { Catalogue } from "./compiled";

type Value = string | number | boolean | null | { [key: string]: Value };

function fill(value: Value, code: string, message: string): Value {
  if (typeof value === "string") {
    return value.replace(/\{code\}|\{message\}/g, (place) => (place === "{code}" ? code : message));
  }
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner, code, message)]));
}

/**
 * The body of a 402 in the catalogue's own dialect: compact JSON in the file's key order, byte for byte the operator's
 * page for `insufficient_*`. Null when the catalogue has no dialect.
 */
export function refusalBody(catalogue: Catalogue, code: string, message: string): string | null {
  if (!catalogue.dialect) return null;
  const { insufficient, other } = catalogue.dialect;
  return JSON.stringify(code.startsWith("insufficient_") ? insufficient : fill(other, code, message));
}
