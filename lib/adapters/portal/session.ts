import { currentCatalogue, startCatalogue } from "@/lib/catalogue";
import type { Catalogue } from "@/lib/catalogue/schema";
import { ADDRESS_HEADER } from "@/lib/kernel/address-header";
import { followDatabaseClock, now } from "@/lib/platform/clock";
import type { Context, Origin } from "@/lib/platform/context";
import { database } from "@/lib/platform/db";
import { organizationOfSession, type PortalSession } from "@/lib/platform/session";

export type PortalRequest = { ctx: Context; session: PortalSession; catalogue: Catalogue };

/** The live catalogue; a host that runs plain Next has nobody else to load it. */
export async function loadedCatalogue(): Promise<Catalogue> {
  try {
    return currentCatalogue().catalogue;
  } catch {
    await followDatabaseClock(database());
    return (await startCatalogue(database())).catalogue;
  }
}

/** From where a request comes, for the audit log and the list of sessions. */
export function originOf(headers: Headers): Origin {
  return { address: headers.get(ADDRESS_HEADER) ?? undefined, agent: headers.get("user-agent") ?? undefined };
}

/** Who asks, for which organization; undefined when nobody is signed in. */
export async function portalRequest(headers: Headers): Promise<PortalRequest | undefined> {
  const catalogue = await loadedCatalogue();
  const session = await organizationOfSession(headers);
  if (!session) return undefined;
  const { userId, organizationId, role } = session;
  const actor = { type: "user", userId, organizationId, role } as const;
  const ctx = { actor, origin: originOf(headers), organizationId, now: now(), db: database() };
  return { ctx, session, catalogue };
}
