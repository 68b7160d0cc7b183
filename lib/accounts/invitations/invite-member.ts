import { audited } from "@/lib/audit";
import { currentCatalogue } from "@/lib/catalogue";
import { newId, newLinkToken, publicId, tokenHash } from "@/lib/kernel/ids";
import { checkInput } from "@/lib/kernel/input";
import { plainName } from "@/lib/kernel/name";
import { paths } from "@/lib/kernel/paths";
import { requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { mailLink } from "@/lib/platform/letter";
import { queueMail } from "@/lib/platform/mail";
import { memberMost } from "../members/member-most";
import { readPerson } from "../members/person-store";
import { INVITATION_DAYS, type InviteMember, inviteMemberSchema } from "../schema";
import { invitationMail } from "./invitation-mail";
import { insertInvitation } from "./invitation-store";

const DAY_MS = 86_400_000;
// A team does not grow faster, and this protects inboxes from floods.
const MOST_DAILY = 100;

/**
 * Invites an address by mail; only that mail ever holds the link, which works once and for seven days. An open
 * invitation of the same address is withdrawn for the new one.
 * Errors: forbidden, not_found, conflict (a member already), plan_limit_reached, rate_limited, validation_failed.
 */
export async function inviteMember(ctx: Context, input: InviteMember): Promise<{ id: string; expiresAt: Date }> {
  requirePermission(ctx, "member.invite");
  const { email, role } = checkInput(inviteMemberSchema, input);
  const { organizationId, now } = ctx;
  const invitedBy = ctx.actor.type === "user" ? ctx.actor.userId : null;
  const inviter = invitedBy ? await readPerson(ctx.db, invitedBy) : undefined;
  const most = await memberMost(ctx);
  const id = newId(now);
  const token = newLinkToken();
  const expiresAt = new Date(now.getTime() + INVITATION_DAYS * DAY_MS);
  return audited(ctx, async (client) => {
    const draft = { id, email, role, hash: tokenHash(token), invitedBy, expiresAt, most, mostDaily: MOST_DAILY, now };
    const { name, replaced } = await insertInvitation(client, organizationId, draft);
    const words = invitationMail({
      operator: currentCatalogue().catalogue.operator.name,
      organization: name,
      inviter: inviter ? plainName(inviter.name ?? "") || inviter.email : null,
      role,
      email,
      days: INVITATION_DAYS,
      url: mailLink(`${paths.invitations}/${token}`),
    });
    await queueMail(client, { to: email, ...words, now });
    const object = { type: "invitation", id: publicId("inv", organizationId, id), name: email } as const;
    const after = { role, expiresAt: expiresAt.toISOString(), replaced };
    return { answer: { id: object.id, expiresAt }, audit: { action: "invitation.created", object, after } };
  });
}
