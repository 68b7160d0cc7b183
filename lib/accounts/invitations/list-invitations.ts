import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import type { InvitationList } from "../schema";
import { readInvitations } from "./invitation-store";

const MOST = 200;

/** The organization's invitations, open or ended, the latest first. Errors: not_found. */
export async function listInvitations(ctx: Context): Promise<InvitationList> {
  mayRead(ctx);
  return { data: await readInvitations(ctx, MOST) };
}
