import type { MemberRole } from "@/lib/kernel/permissions";
import type { Database } from "./db";

/** Who acts. A verb decides from it whether it may. */
export type Actor =
  | { type: "gateway"; secretId: string }
  | { type: "key"; organizationId: string; keyId: string }
  | { type: "user"; userId: string; organizationId: string; role: MemberRole }
  | { type: "operator" }
  | { type: "job" };

/** From where someone acts: the network address, and the browser or program as it calls itself. */
export type Origin = { address?: string | undefined; agent?: string | undefined };

/** What every verb is given: who, from where, for which organization (UUID), when, and the database. */
export type Context = { actor: Actor; origin?: Origin; organizationId: string; now: Date; db: Database };
/** The same for verbs that stand above organizations. */
export type InstallationContext = Omit<Context, "organizationId">;
/** For what a signed-in user does by themselves, in no organization or in one that they do not belong to yet. */
export type PersonContext = Omit<InstallationContext, "actor"> & { userId: string };

/**
 * What stands above organizations, of a context that may name one: such a verb acts for the installation either way.
 */
export function aboveOrganizations({ actor, origin, now, db }: InstallationContext): InstallationContext {
  return { actor, now, db, ...(origin && { origin }) };
}
