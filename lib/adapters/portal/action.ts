/** A form of the portal ↔ a verb: organization → session → checked fields → verb → the form's result. */
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { TollgateError } from "@/lib/kernel/errors";
import { organizationPublicId, parseOrganizationId } from "@/lib/kernel/ids";
import { PAGE_HEADER } from "@/lib/kernel/page-header";
import { organizationIn } from "@/lib/kernel/paths";
import { lastOrganization, organizationOfUser, userOfSession } from "@/lib/platform/session";
import { known } from "../http/problem";
import { type PortalRequest, portalRequest } from "./session";

/**
 * What the server found wrong: at fields by their names, and what belongs to none of them. `organization` is the one to
 * offer instead, where the form's page and its address do not agree.
 */
export type ActionRefusal = {
  code: string;
  errors?: Record<string, string>;
  problem?: string;
  organization?: string;
};
export type ActionAnswer<T> = { value: T; refusal?: undefined } | { refusal: ActionRefusal; value?: undefined };

function refusalOf(error: unknown): ActionRefusal {
  const { code, message, details } = known(error);
  if (code === "internal") return { code, problem: "This did not work. Nothing was changed." };
  if (code === "organization_mismatch") {
    return { code, problem: message, ...(details?.organization ? { organization: String(details.organization) } : {}) };
  }
  const field = typeof details?.field === "string" ? details.field : undefined;
  return field ? { code, errors: { [field]: message } } : { code, problem: message };
}

const signedOut = () => new TollgateError("unauthenticated", "You are signed out. Sign in again.");

/** Names the other organization that the reader may mean: the address's, else the one they used last. */
async function mismatch(asked: Headers, addressed: string | undefined): Promise<TollgateError> {
  const user = await userOfSession(asked);
  if (!user) return signedOut();
  const wishes = [parseOrganizationId(addressed ?? ""), lastOrganization(asked)];
  const other = await organizationOfUser(user.userId, wishes);
  const message = "This page and its address do not show the same organization. Nothing was changed.";
  return new TollgateError(
    "organization_mismatch",
    message,
    other ? { organization: organizationPublicId(other) } : undefined,
  );
}

/** Who sends a form, for the organization that its page shows. Errors: organization_mismatch, not_found, unauthenticated. */
async function sender(organization: unknown): Promise<PortalRequest> {
  const asked = await headers();
  const addressed = organizationIn(asked.get(PAGE_HEADER) ?? "");
  if (typeof organization !== "string" || (addressed !== undefined && addressed !== organization)) {
    throw await mismatch(asked, addressed);
  }
  const portal = await portalRequest(asked, organization);
  if (!portal) throw signedOut();
  return portal;
}

/**
 * Runs a verb for the signed-in member of the organization (public id) that the form's page shows: never for another
 * one. Never throws but for Next's own redirects.
 */
export async function portalAction<Schema extends z.ZodType, T>(
  organization: unknown,
  schema: Schema,
  input: unknown,
  verb: (portal: PortalRequest, values: z.output<Schema>) => Promise<T>,
): Promise<ActionAnswer<T>> {
  try {
    const portal = await sender(organization);
    const checked = schema.safeParse(input);
    if (!checked.success) {
      const errors = checked.error.issues.map((issue) => [String(issue.path[0] ?? ""), issue.message]);
      return { refusal: { code: "validation_failed", errors: Object.fromEntries(errors.reverse()) } };
    }
    return { value: await verb(portal, checked.data) };
  } catch (error) {
    unstable_rethrow(error);
    return { refusal: refusalOf(error) };
  }
}
