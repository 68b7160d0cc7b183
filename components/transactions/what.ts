import { callName } from "@/components/context/call-names";
import type { Facts } from "@/components/context/facts";
import type { TransactionAnswer } from "@/lib/ledger/schema";

/** The subject of a transaction in a few words; null if only its type is known. */
export function whatOf(
  { usage, description, resource }: TransactionAnswer,
  facts: Pick<Facts, "models">,
): string | null {
  if (usage) return callName(facts, usage);
  if (description) return description;
  return resource ? [resource.type, resource.id].filter(Boolean).join(" ") : null;
}
