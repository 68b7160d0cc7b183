import type { MemberRole } from "@/lib/kernel/permissions";
import type { Database } from "./db";

/** Who acts. A verb authorizes by it. */
export type Actor =
  | { type: "gateway"; secretId: string }
  | { type: "key"; organizationId: string; keyId: string }
  | { type: "user"; userId: string; organizationId: string; role: MemberRole }
  | { type: "operator" }
  | { type: "job" };

/** The actor's network address, and the name that the browser or program sends. */
export type Origin = { address?: string | undefined; agent?: string | undefined };

/** The input of every verb: the actor, their address, the organization (UUID), the time, and the database. */
export type Context = { actor: Actor; origin?: Origin; organizationId: string; now: Date; db: Database };
/** An organization and the database: what a store needs for a transaction of its own. */
export type OrganizationDb = Pick<Context, "db" | "organizationId">;
/** An organization and the time: what a store needs inside the caller's transaction. */
export type OrganizationTime = Pick<Context, "organizationId" | "now">;
/** The context of verbs above organizations. */
export type InstallationContext = Omit<Context, "organizationId">;
export type InstallationDb = Pick<InstallationContext, "db">;
/** The context of a signed-in user without an organization, or before they join one. */
export type PersonContext = Omit<InstallationContext, "actor"> & { userId: string };

/** Removes the organization from a context, because the verb acts for the installation. */
export function aboveOrganizations({ actor, origin, now, db }: InstallationContext): InstallationContext {
  return { actor, now, db, ...(origin && { origin }) };
}
