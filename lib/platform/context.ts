import type { Database } from "./db";

/** Who acts. A verb decides from it whether it may. */
export type Actor =
  | { type: "gateway"; secretId: string }
  | { type: "key"; organizationId: string; keyId: string }
  | { type: "user"; userId: string; organizationId: string; role: MemberRole }
  | { type: "operator" }
  | { type: "job" };

export type MemberRole = "owner" | "admin" | "developer" | "viewer";

/** What every verb is given: who, for which organization (UUID), when, and the database. */
export type Context = { actor: Actor; organizationId: string; now: Date; db: Database };
/** The same for verbs that stand above organizations. */
export type InstallationContext = Omit<Context, "organizationId">;
