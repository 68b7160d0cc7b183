import { audited } from "@/lib/audit";
import { newSessionToken, SESSION_MS, sessionHash } from "@/lib/platform/session";
import { openFirstOrganization } from "../organizations/open-first-organization";
import { insertSession } from "./session-store";
import { asUser, type Visit } from "./visit";

const LONGEST_AGENT = 200;

/**
 * Signs the user in, whatever proved who they are: answers the token for the browser's cookie, of which the database
 * keeps the hash. A user without an organization gets a new one, unless an invitation is open for them. A session
 * that is not used for 30 days ends.
 */
export async function startSession(
  visit: Visit,
  { userId, token = newSessionToken() }: { userId: string; token?: string },
): Promise<{ token: string; expires: Date }> {
  const before = await asUser(visit, userId);
  if (!("organizationId" in before)) await openFirstOrganization({ ...visit, userId });
  const ctx = "organizationId" in before ? before : await asUser(visit, userId);
  const { now, origin } = visit;
  const expires = new Date(now.getTime() + SESSION_MS);
  const agent = origin?.agent?.slice(0, LONGEST_AGENT) ?? null;
  const draft = { hash: sessionHash(token), userId, now, expires, address: origin?.address ?? null, agent };
  await audited(ctx, async (client) => {
    const id = await insertSession(client, draft);
    return { answer: undefined, audit: { action: "session.started", object: { type: "session", id } } };
  });
  return { token, expires };
}
