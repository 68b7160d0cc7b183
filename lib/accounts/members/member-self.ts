import { TollgateError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/platform/context";
import type { Member } from "../schema";
import { memberAnswer } from "./list-members";
import { readMembers } from "./member-store";

/** The signed-in member: their limits, and the use of all their keys. Errors: forbidden, not_found. */
export async function memberSelf(ctx: Context): Promise<Member> {
  const { actor } = ctx;
  if (actor.type !== "user") throw new TollgateError("forbidden", "Only a signed-in member can read their own data.");
  const [member] = actor.organizationId === ctx.organizationId ? await readMembers(ctx, actor.userId) : [];
  if (!member) throw new TollgateError("not_found", "There is no such organization.");
  return memberAnswer(member);
}
