/** What lists of choices hold in this catalogue: what it cannot do is no choice. Pure. */
import { AUDIT_ACTIONS, type AuditAction } from "@/lib/audit/schema";
import { TRANSACTION_TYPES, type TransactionType } from "@/lib/ledger/schema";
import { GROUPS, type Group } from "@/lib/usage/schema";
import type { Facts } from "./facts";

/** Usage is grouped and filtered by what differs: not by a model where all prices name the same one. */
export function usageGroups({ endpoints, models }: Pick<Facts, "endpoints" | "models">): Group[] {
  const many: Partial<Record<Group, boolean>> = { endpoint: endpoints.length > 1, model: models.length > 1 };
  return GROUPS.filter((name) => many[name] ?? true);
}

/** A plan renews only where there are plans. Operators give credit in every catalogue, which may expire. */
export function transactionTypes({ offered }: Pick<Facts, "offered">): TransactionType[] {
  const sold = offered.addFunds || offered.autoTopUp;
  const here: Partial<Record<TransactionType, boolean>> = {
    renewal: offered.subscription,
    purchase: sold,
    clawback: sold || offered.subscription,
  };
  return TRANSACTION_TYPES.filter((type) => here[type] ?? true);
}

/** What can be done here, by the first word of its name. */
export function auditActions(facts: Pick<Facts, "offered" | "paygToggles" | "countsPlaces" | "claims">): AuditAction[] {
  const { offered, paygToggles, countsPlaces, claims } = facts;
  const paid = offered.addFunds || offered.autoTopUp || offered.subscription;
  const here: Record<string, boolean> = {
    plan: offered.subscription,
    payg: paygToggles,
    auto_top_up: offered.autoTopUp,
    place: countsPlaces,
    charges: paid,
    refund: paid,
    payment: paid,
    card: paid,
    "organization.claimed": claims,
  };
  return AUDIT_ACTIONS.filter((action) => here[action] ?? here[action.split(".")[0] ?? ""] ?? true);
}
