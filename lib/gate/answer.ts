/** Outcomes as they stand on the wire: decimal strings, public ids, RFC 3339 times. */
import { currentCatalogue } from "@/lib/catalogue";
import { publicId, sequenceUuid } from "@/lib/kernel/ids";
import { formatAmount } from "@/lib/kernel/money";
import type { Outcome } from "./operation";

export function wireAmount(amount: bigint): string {
  return formatAmount(amount, currentCatalogue().catalogue.unit.scale);
}

export function fundingOf({ amount, amountPlan }: Pick<Outcome, "amount" | "amountPlan">) {
  return { plan: wireAmount(amountPlan), prepaid: wireAmount(amount - amountPlan) };
}

export function transactionId(organizationId: string, seq: bigint): string | null {
  return seq > 0n ? publicId("txn", organizationId, sequenceUuid(seq)) : null;
}
