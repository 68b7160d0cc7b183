import type { TransactionAnswer } from "@/lib/ledger/schema";

/** The subject of a transaction in a few words; null if only its type is known. */
export function whatOf({ usage, description, resource }: TransactionAnswer): string | null {
  if (usage) return `${usage.endpoint} · ${usage.model}`;
  if (description) return description;
  return resource ? [resource.type, resource.id].filter(Boolean).join(" ") : null;
}
