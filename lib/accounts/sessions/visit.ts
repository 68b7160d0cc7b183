import type { Actor, Context, InstallationContext } from "@/lib/platform/context";
import { firstMembership } from "./session-store";

/** A visitor who is not signed in. */
export type Visit = Omit<InstallationContext, "actor">;

const NOWHERE = "00000000-0000-0000-0000-000000000000";

/** The visitor as a user, in the organization that the portal opens with; in none where there is no membership. */
export async function asUser(visit: Visit, userId: string): Promise<Context | InstallationContext> {
  const found = await firstMembership(visit.db, userId);
  const { organizationId, role } = found ?? { organizationId: NOWHERE, role: "viewer" as const };
  const actor: Actor = { type: "user", userId, organizationId, role };
  return found ? { ...visit, actor, organizationId } : { ...visit, actor };
}
