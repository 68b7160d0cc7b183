/** Members, and the organizations that a user is a member of. */
import { z } from "zod";
import { ROLES } from "@/lib/kernel/permissions";
import { amountOut, timeOut } from "@/lib/kernel/wire";
import { keyLimitsSchema, limitsForm, windowsField } from "../limits/limit-schema";

const roleField = z.enum(ROLES);
export const emailField = z.string().trim().toLowerCase().max(254).pipe(z.email());

/** Ownership is handed over, never given by an invitation or a change of role. */
export const givenRole = z.enum(["admin", "developer", "viewer"]);
export type GivenRole = z.infer<typeof givenRole>;

/** Of the operator, who may also name the first owner. */
export const addMemberSchema = z.strictObject({ email: emailField, role: roleField });
export type AddMember = z.input<typeof addMemberSchema>;

export const memberTargetSchema = z.strictObject({ userId: z.uuid() });
export type MemberTarget = z.input<typeof memberTargetSchema>;
export const setMemberRoleSchema = memberTargetSchema.extend({ role: givenRole });
export type SetMemberRole = z.input<typeof setMemberRoleSchema>;
export const setMemberLimitsSchema = memberTargetSchema.extend({ limits: keyLimitsSchema });
export type SetMemberLimits = z.input<typeof setMemberLimitsSchema>;

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

export const memberLimitsForm = z.strictObject({ userId: z.uuid(), ...limitsForm.shape });
export type MemberLimitsForm = z.output<typeof memberLimitsForm>;
