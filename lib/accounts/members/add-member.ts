import { audited } from "@/lib/audit";
import { checkInput } from "@/lib/kernel/input";
import { requireOperator } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { type AddMember, addMemberSchema } from "../schema";
import { insertMember } from "./member-write-store";

/**
 * Makes an address a member by the operator's word, without an invitation: also the owner, where there is none yet.
 * They are one when they sign in with it. Errors: forbidden, not_found, conflict (a member already, a second owner).
 */
export async function addMember(ctx: Context, input: AddMember): Promise<{ userId: string }> {
  requireOperator(ctx.actor, "add members without an invitation");
  const { email, role } = checkInput(addMemberSchema, input);
  return audited(ctx, async (client) => {
    const userId = await insertMember(client, ctx.organizationId, { email, role, now: ctx.now });
    const object = { type: "member", id: userId, name: email } as const;
    return { answer: { userId }, audit: { action: "member.joined", object, after: { role } } };
  });
}
