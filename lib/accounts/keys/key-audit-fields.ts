/** The fields of a key in the audit log. */
import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import type { KeyFacts } from "./key-write-store";

export function keyAuditFields({ name, ownerId, expiresAt, endpoints, models }: KeyFacts): Record<string, unknown> {
  return { name, owner: ownerId, expiresAt: expiresAt?.toISOString() ?? null, endpoints, models };
}

/** Errors: validation_failed for an endpoint or a model that the catalogue has no price for. */
export function requireListed({ endpoints, models }: Pick<KeyFacts, "endpoints" | "models">): void {
  const { prices } = currentCatalogue().catalogue;
  const unknown = (field: "endpoint" | "model", names: readonly string[]) =>
    names.find((name) => !prices.some((price) => price[field] === name || price[field] === "*"));
  for (const [field, names] of [
    ["endpoint", endpoints],
    ["model", models],
  ] as const) {
    const name = unknown(field, names);
    if (name !== undefined) {
      throw new TollgateError("validation_failed", `The catalogue has no ${field} "${name}".`, { field: `${field}s` });
    }
  }
}
