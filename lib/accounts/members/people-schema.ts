/** Organizations of people, their members, and invitations. */
import { z } from "zod";
import { nameField } from "@/lib/kernel/name";
import { ROLES } from "@/lib/kernel/permissions";
import { timeZoneField } from "@/lib/kernel/time-zone";
import { amountOut, timeOut } from "@/lib/kernel/wire";
import { keyLimitsSchema, windowsField } from "../limits/limit-schema";

const roleField = z.enum(ROLES);

export const organizationFactsSchema = z.strictObject({ name: nameField, timeZone: timeZoneField.default("UTC") });
export type OrganizationFacts = z.input<typeof organizationFactsSchema>;
export const updateOrganizationSchema = z.strictObject({ name: nameField, timeZone: timeZoneField });
export type UpdateOrganization = z.input<typeof updateOrganizationSchema>;
/** The most organizations that one person may own. */
export const MOST_OWNED = 20;

/** `forfeit` agrees that credit that is left is written off. */
export const deleteOrganizationSchema = z.strictObject({ forfeit: z.boolean().default(false) });
export type DeleteOrganization = z.input<typeof deleteOrganizationSchema>;

/** Ownership is handed over, never given by an invitation or a change of role. */
export const givenRole = z.enum(["admin", "developer", "viewer"]);
export type GivenRole = z.infer<typeof givenRole>;

const email = z.string().trim().toLowerCase().max(254).pipe(z.email());
export const inviteMemberSchema = z.strictObject({ email, role: givenRole });
export type InviteMember = z.input<typeof inviteMemberSchema>;
export const INVITATION_DAYS = 7;

/** Of the operator, who may also name the first owner. */
export const addMemberSchema = z.strictObject({ email, role: roleField });
export type AddMember = z.input<typeof addMemberSchema>;

export const memberTargetSchema = z.strictObject({ userId: z.uuid() });
export type MemberTarget = z.input<typeof memberTargetSchema>;
export const setMemberRoleSchema = memberTargetSchema.extend({ role: givenRole });
export type SetMemberRole = z.input<typeof setMemberRoleSchema>;
export const setMemberLimitsSchema = memberTargetSchema.extend({ limits: keyLimitsSchema });
export type SetMemberLimits = z.input<typeof setMemberLimitsSchema>;

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

/** What the holder of the link sees before they accept. */
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

export const memberSchema = z
  .strictObject({
    userId: z.string(),
    name: z.string().nullable(),
    email: z.string(),
    role: roleField,
    since: timeOut,
    /** Over all keys that they own. */
    limits: windowsField,
    spent30d: amountOut.meta({ description: "In the last 30 days, by the keys that they own." }),
  })
  .meta({ id: "Member" });
export type Member = z.infer<typeof memberSchema>;
/** A member by name, for who asks nothing more. */
export type MemberName = Pick<Member, "userId" | "name" | "email">;
export const memberListSchema = z.strictObject({ data: z.array(memberSchema) }).meta({ id: "MemberList" });
export type MemberList = z.infer<typeof memberListSchema>;

export const membershipSchema = z.object({ id: z.string(), name: z.string(), role: roleField });
export type Membership = z.infer<typeof membershipSchema>;
export type MembershipList = { data: Membership[] };
