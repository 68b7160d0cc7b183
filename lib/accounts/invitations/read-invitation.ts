import { TollgateError } from "@/lib/kernel/errors";
import { tokenHash } from "@/lib/kernel/ids";
import { checkInput } from "@/lib/kernel/input";
import type { InstallationContext } from "@/lib/platform/context";
import { type InvitationLink, type InvitationToken, invitationTokenSchema } from "../schema";
import { findInvitation } from "./invitation-store";

/**
 * What an invitation's link offers, and whether it still can be accepted. The holder of the link may read it: it was
 * mailed to one address only. Errors: not_found, validation_failed.
 */
export async function readInvitation(
  { db, now }: Pick<InstallationContext, "db" | "now">,
  input: InvitationToken,
): Promise<InvitationLink> {
  const { token } = checkInput(invitationTokenSchema, input);
  const found = await findInvitation(db, tokenHash(token), now);
  if (!found) throw new TollgateError("not_found", "There is no such invitation.");
  const { organizationId: _, expiresAt, ...link } = found;
  return { ...link, expiresAt: expiresAt.toISOString() };
}
