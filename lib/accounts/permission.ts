/** Checks beside the table of permissions: the owner of a key, and a user's role in an organization. */
import { TollgateError } from "@/lib/kernel/errors";
import type { MemberRole } from "@/lib/kernel/permissions";
import { requireOperator, requirePermission } from "@/lib/platform/authorize";
import type { Actor, Context, PersonContext } from "@/lib/platform/context";

/** A gateway may, too: the first billable call of an unknown customer opens its organization. Errors: forbidden. */
export function requireProvisioner(actor: Actor, what: string): void {
  if (actor.type !== "gateway") requireOperator(actor, what);
}

/** A developer manages keys of their own, an admin all of them. Errors: forbidden. */
export function requireKeyManager(ctx: Context, ownerId: string | null): void {
  const own = ctx.actor.type === "user" && ownerId === ctx.actor.userId;
  requirePermission(ctx, own ? "key.own" : "key.manage");
}

/** The member of the context's organization who acts. Errors: forbidden, not_found where they are no member. */
export function requireMember({ actor, organizationId }: Context): { userId: string; role: MemberRole } {
  if (actor.type !== "user") throw new TollgateError("forbidden", "Only a member may do this for themselves.");
  if (actor.organizationId !== organizationId) throw new TollgateError("not_found", "There is no such organization.");
  return { userId: actor.userId, role: actor.role };
}

/** A person as they act in an organization that they just opened or joined. */
export function asMember({ userId, ...ctx }: PersonContext, organizationId: string, role: MemberRole): Context {
  return { ...ctx, organizationId, actor: { type: "user", userId, organizationId, role } };
}

/** For the user's own affairs, such as their sessions: returns the user's id. Errors: forbidden. */
export function requireSelf({ actor }: Context): string {
  if (actor.type !== "user") throw new TollgateError("forbidden", "Only a signed-in user may do this.");
  return actor.userId;
}
