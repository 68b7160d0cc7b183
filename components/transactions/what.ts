import type { TransactionAnswer } from "@/lib/ledger/schema";

/** What a transaction was about, in a few words; null when nothing is known but its type. */
export function whatOf({ usage, description, resource }: TransactionAnswer): string | null {
  if (usage) return `${usage.endpoint} · ${usage.model}`;
  if (description) return description;
  return resource ? [resource.type, resource.id].filter(Boolean).join(" ") : null;
}
