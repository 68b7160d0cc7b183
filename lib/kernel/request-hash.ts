/** The fingerprint of a request. It detects the same idempotency key with another body. */
import { hash } from "node:crypto";
import { configure } from "safe-stable-stringify";

const canonical = configure({ bigint: true, deterministic: true });

/** 128 bits of SHA-256 over the canonical JSON of the validated request, as UUID text (the database's 16-byte type). */
export function requestHash(request: unknown): string {
  const hex = hash("sha256", canonical(request) ?? "", "hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
