import type { Catalogue } from "./compiled";

const PAYMENT_REQUIRED = 402;

type Value = string | number | boolean | null | { [key: string]: Value };

function fill(value: Value, code: string, message: string): Value {
  if (typeof value === "string") {
    return value.replace(/\{code\}|\{message\}/g, (place) => (place === "{code}" ? code : message));
  }
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner, code, message)]));
}

/**
 * The body of an error in the catalogue's own dialect: compact JSON in the file's key order, byte for byte the operator's
 * page for `insufficient_*`. Null where the dialect is none, or only of a 402 and this is another status.
 */
export function refusalBody(catalogue: Catalogue, status: number, code: string, message: string): string | null {
  if (!catalogue.dialect) return null;
  const { insufficient, other, all } = catalogue.dialect;
  if (status !== PAYMENT_REQUIRED && !all) return null;
  return JSON.stringify(code.startsWith("insufficient_") ? insufficient : fill(other, code, message));
}

/** The first text under `code` in the shape: what a caller compares. */
function codeIn(value: Value): string | undefined {
  if (value === null || typeof value !== "object") return undefined;
  if (typeof value.code === "string") return value.code;
  return Object.values(value).map(codeIn).find(Boolean);
}

/** The code of a call that the balance cannot pay, as the operator's page writes it: "PAYMENT_REQUIRED". */
export function insufficientCode({ dialect, insufficient }: Catalogue): string {
  return (dialect && codeIn(dialect.insufficient)) ?? insufficient.code;
}
