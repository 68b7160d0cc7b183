import type { Catalogue } from "@/lib/catalogue/schema";
import { ADDRESS_HEADER } from "@/lib/kernel/address-header";
import { type OrganizationPaths, organizationPaths } from "@/lib/kernel/paths";
import { now } from "@/lib/platform/clock";
import type { Context, Origin } from "@/lib/platform/context";
import { database } from "@/lib/platform/db";
import { organizationOfSession, type PortalSession } from "@/lib/platform/session";
import { loadedCatalogue } from "./loaded-catalogue";

/** `paths` are the addresses of the organization that the request names. */
export type PortalRequest = { ctx: Context; session: PortalSession; catalogue: Catalogue; paths: OrganizationPaths };

/** From where a request comes, for the audit log and the list of sessions. */
export function originOf(headers: Headers): Origin {
  return { address: headers.get(ADDRESS_HEADER) ?? undefined, agent: headers.get("user-agent") ?? undefined };
}

/**
 * Who asks, for the organization with the public id; undefined when no user is signed in. Errors: not_found where they
 * are no member.
 */
export async function portalRequest(headers: Headers, organization: string): Promise<PortalRequest | undefined> {
  const catalogue = await loadedCatalogue();
  const session = await organizationOfSession(headers, organization);
  if (!session) return undefined;
  const { userId, organizationId, role } = session;
  const actor = { type: "user", userId, organizationId, role } as const;
  const ctx = { actor, origin: originOf(headers), organizationId, now: now(), db: database() };
  return { ctx, session, catalogue, paths: organizationPaths(organization, catalogue.places) };
}
