/** Who may change organizations and keys. Money has its own rules, in the ledger. */
import { TollgateError } from "@/lib/kernel/errors";
import type { Actor, Context } from "@/lib/platform/context";

function forbid(what: string): never {
  throw new TollgateError("forbidden", `You may not ${what}.`);
}

export function requireOperator(actor: Actor, what: string): void {
  if (actor.type !== "operator" && actor.type !== "job") forbid(what);
}

/** A gateway may, too: the first billable call of an unknown customer opens its organization. */
export function requireProvisioner(actor: Actor, what: string): void {
  if (actor.type !== "gateway") requireOperator(actor, what);
}

/** Owners and admins manage every key of their organization; a developer only keys of their own. */
export function requireKeyManager({ actor, organizationId }: Context, ownerId: string | null, what: string): void {
  if (actor.type === "operator") return;
  if (actor.type !== "user" || actor.organizationId !== organizationId) forbid(what);
  if (actor.role === "owner" || actor.role === "admin") return;
  if (actor.role === "developer" && ownerId === actor.userId) return;
  forbid(what);
}

/** Limits are for owners and admins: a developer must not widen the own key. */
export function requireLimitSetter({ actor, organizationId }: Context): void {
  if (actor.type === "operator") return;
  const may = actor.type === "user" && (actor.role === "owner" || actor.role === "admin");
  if (!may || actor.organizationId !== organizationId) forbid("set the limits of a key");
}
