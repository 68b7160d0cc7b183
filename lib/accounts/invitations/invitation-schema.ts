import { z } from "zod";
import { timeOut } from "@/lib/kernel/wire";
import { emailField, givenRole } from "../members/member-schema";

export const inviteMemberSchema = z.strictObject({ email: emailField, role: givenRole });
export type InviteMember = z.input<typeof inviteMemberSchema>;
export const INVITATION_DAYS = 7;

export const INVITATION_STATES = ["open", "accepted", "revoked", "expired"] as const;
const state = z.enum(INVITATION_STATES);

/** As a team sees it. */
export const invitationSchema = z.strictObject({
  id: z.string().meta({ example: "inv_…" }),
  email: z.string(),
  role: givenRole,
  state,
  inviter: z.string().nullable().meta({ description: "Null for one by the operator." }),
  createdAt: timeOut,
  expiresAt: timeOut,
});
export type Invitation = z.infer<typeof invitationSchema>;
export type InvitationList = { data: Invitation[] };

/** The invitation, as the holder of the link sees it before they accept. */
export const invitationLinkSchema = z.strictObject({
  organization: z.string(),
  email: z.string(),
  role: givenRole,
  inviter: z.string().nullable(),
  state,
  expiresAt: timeOut,
});
export type InvitationLink = z.infer<typeof invitationLinkSchema>;

export const invitationTokenSchema = z.strictObject({ token: z.string().max(100) });
export type InvitationToken = z.input<typeof invitationTokenSchema>;
