"use server";
import {
  claimOrganization,
  createOwnOrganization,
  deleteOrganization,
  endAllSessions,
  endSession,
  leaveOrganization,
  transferOrganization,
  updateOrganization,
} from "@/lib/accounts";
import {
  claimOrganizationSchema,
  deleteOrganizationForm,
  endSessionSchema,
  memberTargetSchema,
  nothingForm,
  updateOrganizationSchema,
} from "@/lib/accounts/schema";
import { portalAction } from "@/lib/adapters/portal/action";
import { setAlerts, setOwnAlerts } from "@/lib/alerts";
import { setAlertsSchema, setOwnAlertsSchema } from "@/lib/alerts/schema";
import { TollgateError } from "@/lib/kernel/errors";
import type { Context, PersonContext } from "@/lib/platform/context";

/** The signed-in user, for what they do above organizations. */
const personOf = ({ db, now, origin }: Context, userId: string): PersonContext => ({
  db,
  now,
  userId,
  ...(origin && { origin }),
});

export async function updateOrganizationAction(organization: unknown, input: unknown) {
  return portalAction(organization, updateOrganizationSchema, input, ({ ctx }, values) =>
    updateOrganization(ctx, values),
  );
}

export async function setAlertsAction(organization: unknown, input: unknown) {
  return portalAction(organization, setAlertsSchema, input, ({ ctx }, values) => setAlerts(ctx, values));
}

/** For the reader alone. */
export async function setOwnAlertsAction(organization: unknown, input: unknown) {
  return portalAction(organization, setOwnAlertsSchema, input, ({ ctx }, values) => setOwnAlerts(ctx, values));
}

/** Returns its public id, so that the tab can continue in it. */
export async function createOrganizationAction(organization: unknown, input: unknown) {
  return portalAction(organization, updateOrganizationSchema, input, async ({ ctx, session }, values) => {
    const { id } = await createOwnOrganization(personOf(ctx, session.userId), values);
    return { id };
  });
}

/** The same for an organization that a key proves to be theirs. */
export async function claimOrganizationAction(organization: unknown, input: unknown) {
  return portalAction(organization, claimOrganizationSchema, input, async ({ ctx, session }, values) => {
    const { id } = await claimOrganization(personOf(ctx, session.userId), values);
    return { id };
  });
}

export async function transferOrganizationAction(organization: unknown, input: unknown) {
  return portalAction(organization, memberTargetSchema, input, ({ ctx }, values) => transferOrganization(ctx, values));
}

export async function leaveOrganizationAction(organization: unknown, input: unknown) {
  return portalAction(organization, nothingForm, input, ({ ctx }) => leaveOrganization(ctx));
}

/** The owner types the name, so that they do not delete the wrong organization. */
export async function deleteOrganizationAction(organization: unknown, input: unknown) {
  return portalAction(organization, deleteOrganizationForm, input, async ({ ctx, session }, { name, forfeit }) => {
    if (name.trim() !== session.organization.name) {
      throw new TollgateError("validation_failed", "This is not the organization's name.", { field: "name" });
    }
    await deleteOrganization(ctx, { forfeit: forfeit === "on" });
  });
}

export async function endSessionAction(organization: unknown, input: unknown) {
  return portalAction(organization, endSessionSchema, input, ({ ctx }, values) => endSession(ctx, values));
}

export async function endOtherSessionsAction(organization: unknown, input: unknown) {
  return portalAction(organization, nothingForm, input, async ({ ctx, session }) => {
    await endAllSessions(ctx, { keep: session.sessionId });
  });
}

export async function endAllSessionsAction(organization: unknown, input: unknown) {
  return portalAction(organization, nothingForm, input, async ({ ctx }) => {
    await endAllSessions(ctx, {});
  });
}
