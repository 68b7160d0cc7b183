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

export async function inviteAction(input: unknown) {
  return portalAction(inviteMemberSchema, input, async ({ ctx }, values) => {
    await inviteMember(ctx, values);
  });
}

export async function withdrawAction(input: unknown) {
  return portalAction(targetForm, input, ({ ctx }, values) => revokeInvitation(ctx, values));
}

export async function setRoleAction(input: unknown) {
  return portalAction(setMemberRoleSchema, input, ({ ctx }, values) => setMemberRole(ctx, values));
}

export async function setMemberLimitsAction(input: unknown) {
  return portalAction(memberLimitsForm, input, ({ ctx, catalogue }, { userId, ...limits }) =>
    setMemberLimits(ctx, { userId, limits: limitsOf(limits, catalogue.unit.scale) }),
  );
}

export async function removeMemberAction(input: unknown) {
  return portalAction(memberTargetSchema, input, async ({ ctx }, values) => {
    await removeMember(ctx, values);
  });
}

export async function freePlaceAction(input: unknown) {
  return portalAction(placeSchema, input, async ({ ctx }, values) => {
    await freePlace(ctx, values);
  });
}
