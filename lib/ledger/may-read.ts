import { TollgateError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/platform/context";

/**
 * Gateways, the operator and jobs read every organization; a key and a member of any role only their own.
 * Errors: not_found, the same as for an organization that does not exist.
 */
export function mayRead({ actor, organizationId }: Context): void {
  if (actor.type === "gateway" || actor.type === "operator" || actor.type === "job") return;
  if (actor.organizationId === organizationId) return;
  throw new TollgateError("not_found", "There is no such organization.");
}
