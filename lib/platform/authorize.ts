/** Whether who acts may do it: asked first by every verb that changes something for an organization. */
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

/** For what stands above organizations. `what` completes "You may not …". Errors: forbidden. */
export function requireOperator(actor: Actor, what: string): void {
  if (actor.type !== "operator" && actor.type !== "job") throw new TollgateError("forbidden", `You may not ${what}.`);
}
