/** What the table of permissions cannot say alone: whose key it is. */
import { requireOperator, requirePermission } from "@/lib/platform/authorize";
import type { Actor, Context } from "@/lib/platform/context";

/** A gateway may, too: the first billable call of an unknown customer opens its organization. Errors: forbidden. */
export function requireProvisioner(actor: Actor, what: string): void {
  if (actor.type !== "gateway") requireOperator(actor, what);
}

/** A developer manages keys of their own, an admin all of them. Errors: forbidden. */
export function requireKeyManager(ctx: Context, ownerId: string | null): void {
  const own = ctx.actor.type === "user" && ownerId === ctx.actor.userId;
  requirePermission(ctx, own ? "key.own" : "key.manage");
}
