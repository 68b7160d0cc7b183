"use server";
import {
  freePlace,
  inviteMember,
  removeMember,
  revokeInvitation,
  setMemberLimits,
  setMemberRole,
} from "@/lib/accounts";
import {
  inviteMemberSchema,
  memberLimitsForm,
  memberTargetSchema,
  placeSchema,
  setMemberRoleSchema,
  targetForm,
} from "@/lib/accounts/schema";
import { portalAction } from "@/lib/adapters/portal/action";
import { limitsOf } from "@/lib/adapters/portal/limits-form";

export async function inviteAction(organization: unknown, input: unknown) {
  return portalAction(organization, inviteMemberSchema, input, async ({ ctx }, values) => {
    await inviteMember(ctx, values);
  });
}

export async function withdrawAction(organization: unknown, input: unknown) {
  return portalAction(organization, targetForm, input, ({ ctx }, values) => revokeInvitation(ctx, values));
}

export async function setRoleAction(organization: unknown, input: unknown) {
  return portalAction(organization, setMemberRoleSchema, input, ({ ctx }, values) => setMemberRole(ctx, values));
}

export async function setMemberLimitsAction(organization: unknown, input: unknown) {
  return portalAction(organization, memberLimitsForm, input, ({ ctx, catalogue }, { userId, ...limits }) =>
    setMemberLimits(ctx, { userId, limits: limitsOf(limits, catalogue.unit.scale) }),
  );
}

export async function removeMemberAction(organization: unknown, input: unknown) {
  return portalAction(organization, memberTargetSchema, input, async ({ ctx }, values) => {
    await removeMember(ctx, values);
  });
}

export async function freePlaceAction(organization: unknown, input: unknown) {
  return portalAction(organization, placeSchema, input, async ({ ctx }, values) => {
    await freePlace(ctx, values);
  });
}
