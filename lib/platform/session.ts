/** Who is signed in, from a request's cookie alone: also for requests that never pass through Next (the stream). */
import { randomBytes } from "node:crypto";
import { parse } from "hono/utils/cookie";
import { TollgateError } from "@/lib/kernel/errors";
import { parseOrganizationId, tokenHash } from "@/lib/kernel/ids";
import { LAST_ORGANIZATION } from "@/lib/kernel/last-organization";
import type { MemberRole } from "@/lib/kernel/permissions";
import { presentZone } from "@/lib/kernel/time-zone";
import { now } from "./clock";
import { type Client, type Database, database, queryUser } from "./db";
import { env } from "./env";

export type PortalSession = {
  /** By which the session is named to end it. */
  sessionId: string;
  userId: string;
  organizationId: string;
  role: MemberRole;
  /** To how many organizations the user belongs. */
  memberships: number;
  user: { name: string | null; email: string };
  organization: { name: string; timeZone: string };
};

/** Cookies are only sent over TLS where the portal is reached over TLS. */
export function secureCookies(): boolean {
  return env().PUBLIC_URL?.startsWith("https:") ?? false;
}

export function sessionCookie(): string {
  return `${secureCookies() ? "__Secure-" : ""}authjs.session-token`;
}

/** Only its hash is stored, so a reader of the database cannot sign in with it. */
export function sessionHash(token: string): string {
  return tokenHash(token).toString("base64url");
}

const TOKEN_BYTES = 32;
const LONGEST_TOKEN = 200;
const HOUR_MS = 3_600_000;
/** An unused session ends after this time. */
export const SESSION_MS = 30 * 24 * HOUR_MS;

export function newSessionToken(): string {
  return randomBytes(TOKEN_BYTES).toString("base64url");
}

/** The token that the request's cookie carries. */
export function sessionToken(cookie: string | null): string | undefined {
  const name = sessionCookie();
  const token = parse(cookie ?? "", name)[name];
  return token && token.length <= LONGEST_TOKEN ? token : undefined;
}

/** A session that has not ended, and whose it is. */
type LiveSession = { id: string; userId: string };

/** One that is used is prolonged, with one write an hour. */
async function liveSession({ tables }: Database, token: string, at: Date): Promise<LiveSession | undefined> {
  const hash = sessionHash(token);
  const found = await tables.session.findFirst({ where: { sessionToken: hash } });
  if (!found || found.expires <= at) return undefined;
  if (at.getTime() - found.seenAt.getTime() >= HOUR_MS) {
    // Of requests that come together one prolongs it; a session that was ended in the meantime stays ended.
    await tables.session.updateMany({
      where: { sessionToken: hash, seenAt: found.seenAt },
      data: { seenAt: at, expires: new Date(at.getTime() + SESSION_MS) },
    });
  }
  return { id: found.id, userId: found.userId };
}

/** The oldest first. */
const memberships = ({ tables }: Client, userId: string) =>
  tables.member.findMany({
    where: { userId },
    orderBy: [{ createdAt: "asc" }, { organizationId: "asc" }],
    include: { user: true },
  });

/** Read at each request, so that a removed member has no access immediately. */
async function membership(
  db: Database,
  { id: sessionId, userId }: LiveSession,
  organizationId: string,
): Promise<PortalSession | undefined> {
  return queryUser(db, { userId, organizationId }, async (client) => {
    const members = await memberships(client, userId);
    const member = members.find((one) => one.organizationId === organizationId);
    const organization = member && (await client.tables.organization.findFirst({ where: { id: organizationId } }));
    if (!organization) return undefined;
    return {
      sessionId,
      userId,
      organizationId,
      role: member.role as MemberRole,
      memberships: members.length,
      user: { name: member.user.name, email: member.user.email },
      organization: { name: organization.name, timeZone: presentZone(organization.timeZone) },
    };
  });
}

/** Who is signed in, also where they belong to no organization: one who was just invited, or was removed. */
export async function userOfSession(headers: Headers, at = now()) {
  const token = sessionToken(headers.get("cookie"));
  if (!token) return undefined;
  const db = database();
  const found = await liveSession(db, token, at);
  if (!found) return undefined;
  const user = await db.tables.user.findFirst({ where: { id: found.userId }, select: { name: true, email: true } });
  return user ? { sessionId: found.id, userId: found.userId, user } : undefined;
}

/**
 * The signed-in user in the organization with the public id; undefined when no user is signed in. The session is read
 * each time: one that was ended is out at the very next request. Errors: not_found where the user is no member, the
 * same as for an organization that does not exist.
 */
export async function organizationOfSession(
  headers: Headers,
  publicId: string,
  at = now(),
): Promise<PortalSession | undefined> {
  const token = sessionToken(headers.get("cookie"));
  const session = token ? await liveSession(database(), token, at) : undefined;
  if (!session) return undefined;
  const id = parseOrganizationId(publicId);
  const member = id && (await membership(database(), session, id));
  if (!member) throw new TollgateError("not_found", "There is no such organization.");
  return member;
}

/** The organization (UUID) that the browser says it used last; only ever a wish, since membership decides. */
export function lastOrganization(headers: Headers): string | undefined {
  const { [LAST_ORGANIZATION]: wish = "" } = parse(headers.get("cookie") ?? "", LAST_ORGANIZATION);
  return parseOrganizationId(wish);
}

/** The first of the wishes (UUIDs) that the user is a member of, else their oldest organization, if they have one. */
export async function organizationOfUser(
  userId: string,
  wishes: readonly (string | undefined)[],
): Promise<string | undefined> {
  const members = await queryUser(database(), { userId }, (client) => memberships(client, userId));
  const own = new Set(members.map(({ organizationId }) => organizationId));
  return wishes.find((wish) => wish !== undefined && own.has(wish)) ?? members[0]?.organizationId;
}
