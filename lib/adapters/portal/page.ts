import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { TollgateError } from "@/lib/kernel/errors";
import { type OrganizationPaths, organizationPaths, paths } from "@/lib/kernel/paths";
import { balance } from "@/lib/ledger";
import type { Balance } from "@/lib/ledger/schema";
import { now } from "@/lib/platform/clock";
import type { PersonContext } from "@/lib/platform/context";
import { database } from "@/lib/platform/db";
import { userOfSession } from "@/lib/platform/session";
import { loadedCatalogue } from "./loaded-catalogue";
import { originOf, type PortalRequest, portalRequest } from "./session";

/** Which organization a page, or the frame around it, stands in: the address says so. */
export type PageParameters = { params: Promise<{ organization: string }> };

/** Read once per request, for the frame and its page. For a stranger, the page is a 404. */
const requestFor = cache(async (organization: string): Promise<PortalRequest | undefined> => {
  try {
    return await portalRequest(await headers(), organization);
  } catch (error) {
    if (error instanceof TollgateError && error.code === "not_found") notFound();
    throw error;
  }
});

/** Who asks, for the organization in the address; undefined when no user is signed in. */
export async function currentPortal({ params }: PageParameters): Promise<PortalRequest | undefined> {
  return requestFor((await params).organization);
}

/** The balance, read once for the frame and the page. */
export const currentBalance = cache(({ ctx }: PortalRequest): Promise<Balance> => balance(ctx));

export type PersonRequest = { person: PersonContext; user: { name: string | null; email: string } };

/** Who is signed in, also where they belong to no organization (yet). */
export const currentPerson = cache(async (): Promise<PersonRequest | undefined> => {
  const asked = await headers();
  const found = await userOfSession(asked);
  if (!found) return undefined;
  const person = { userId: found.userId, now: now(), db: database(), origin: originOf(asked) };
  return { person, user: found.user };
});

/** The request of a portal page. It redirects a reader without a session to the sign-in, and then back to `path`. */
export async function portalPage(
  page: PageParameters,
  path: (own: OrganizationPaths) => string,
): Promise<PortalRequest> {
  const request = await currentPortal(page);
  if (request) return request;
  const { places } = await loadedCatalogue();
  const back = path(organizationPaths((await page.params).organization, places));
  redirect(`${paths.signIn}?callbackUrl=${encodeURIComponent(back)}`);
}
