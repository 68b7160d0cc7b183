import { TollgateError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/platform/context";
import type { MembershipList } from "../schema";
import { readMemberships } from "./membership-store";

/** The organizations of the signed-in user, the first joined first. Errors: forbidden if the actor is not a user. */
export async function listMemberships({ actor, db }: Context): Promise<MembershipList> {
  if (actor.type !== "user") throw new TollgateError("forbidden", "Only a signed-in user can belong to organizations.");
  return { data: await readMemberships(db, actor.userId) };
}
