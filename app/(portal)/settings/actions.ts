"use server";
import {
  createOwnOrganization,
  deleteOrganization,
  endAllSessions,
  endSession,
  leaveOrganization,
  transferOrganization,
  updateOrganization,
} from "@/lib/accounts";
import {
  deleteOrganizationForm,
  endSessionSchema,
  memberTargetSchema,
  nothingForm,
  updateOrganizationSchema,
} from "@/lib/accounts/schema";
import { portalAction } from "@/lib/adapters/portal/action";
import { rememberOrganization } from "@/lib/adapters/portal/visit";
import { TollgateError } from "@/lib/kernel/errors";

export async function updateOrganizationAction(input: unknown) {
  return portalAction(updateOrganizationSchema, input, ({ ctx }, values) => updateOrganization(ctx, values));
}

/** The new one is shown from now on. */
export async function createOrganizationAction(input: unknown) {
  return portalAction(updateOrganizationSchema, input, async ({ ctx, session }, values) => {
    const { db, now, origin } = ctx;
    const person = { db, now, userId: session.userId, ...(origin && { origin }) };
    const { organizationId } = await createOwnOrganization(person, values);
    await rememberOrganization(organizationId);
  });
}

export async function transferOrganizationAction(input: unknown) {
  return portalAction(memberTargetSchema, input, ({ ctx }, values) => transferOrganization(ctx, values));
}

export async function leaveOrganizationAction(input: unknown) {
  return portalAction(nothingForm, input, ({ ctx }) => leaveOrganization(ctx));
}

/** The name is typed so that nobody deletes another one than they mean. */
export async function deleteOrganizationAction(input: unknown) {
  return portalAction(deleteOrganizationForm, input, async ({ ctx, session }, { name, forfeit }) => {
    if (name.trim() !== session.organization.name) {
      throw new TollgateError("validation_failed", "This is not the organization's name.", { field: "name" });
    }
    await deleteOrganization(ctx, { forfeit: forfeit === "on" });
  });
}

export async function endSessionAction(input: unknown) {
  return portalAction(endSessionSchema, input, ({ ctx }, values) => endSession(ctx, values));
}

export async function endOtherSessionsAction(input: unknown) {
  return portalAction(nothingForm, input, async ({ ctx, session }) => {
    await endAllSessions(ctx, { keep: session.sessionId });
  });
}

export async function endAllSessionsAction(input: unknown) {
  return portalAction(nothingForm, input, async ({ ctx }) => {
    await endAllSessions(ctx, {});
  });
}
