/** Whether who acts may do it: each verb asks first. */
import { TollgateError } from "@/lib/kernel/errors";
import { allows, type Permission, permissionSentence } from "@/lib/kernel/permissions";
import type { Actor, Context } from "./context";

/** The operator may; a member by the role; a key and a gateway never. */
export function may(
  { actor, organizationId }: Pick<Context, "actor" | "organizationId">,
  permission: Permission,
): boolean {
  if (actor.type === "operator") return true;
  return actor.type === "user" && actor.organizationId === organizationId && allows(actor.role, permission);
}

/** Errors: forbidden, with the roles that may. */
export function requirePermission(ctx: Pick<Context, "actor" | "organizationId">, permission: Permission): void {
  if (!may(ctx, permission)) throw new TollgateError("forbidden", permissionSentence(permission));
}

/**
 * Gateways, the operator and jobs read every organization; a key and a member of any role only their own.
 * Errors: not_found, the same as for an organization that does not exist.
 */
export function mayRead({ actor, organizationId }: Context): void {
  if (actor.type === "gateway" || actor.type === "operator" || actor.type === "job") return;
  if (actor.organizationId === organizationId) return;
  throw new TollgateError("not_found", "There is no such organization.");
}

/** For verbs above organizations. `what` completes "You may not …". Errors: forbidden. */
export function requireOperator(actor: Actor, what: string): void {
  if (actor.type !== "operator" && actor.type !== "job") throw new TollgateError("forbidden", `You may not ${what}.`);
}
