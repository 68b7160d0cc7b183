/** Who is signed in, from a request's cookie alone: also for requests that never pass through Next (the stream). */
import { randomBytes } from "node:crypto";
import { tokenHash } from "@/lib/kernel/ids";
import type { MemberRole } from "@/lib/kernel/permissions";
import { now } from "./clock";
import { database, type PrismaTransaction } from "./db";
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

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Which of the user's organizations the portal shows; only ever a wish, since membership decides. */
export const ORGANIZATION_COOKIE = "tollgate.organization";

function wished(cookie: string): string | undefined {
  const found = /(?:^|;\s*)tollgate\.organization=([^;]+)/.exec(cookie)?.[1];
  return found && UUID.test(found) ? found : undefined;
}

/** Only its hash is kept: whoever reads the database cannot sign in with what is there. */
export function sessionHash(token: string): string {
  return tokenHash(token).toString("base64url");
}

const TOKEN_BYTES = 32;
const LONGEST_TOKEN = 200;
const HOUR_MS = 3_600_000;
/** A session that nobody uses ends after this time. */
export const SESSION_MS = 30 * 24 * HOUR_MS;

export function newSessionToken(): string {
  return randomBytes(TOKEN_BYTES).toString("base64url");
}

/** The token that the request's cookie carries. */
export function sessionToken(cookie: string | null): string | undefined {
  const start = `${sessionCookie()}=`;
  const parts = (cookie ?? "").split(";").map((part) => part.trim());
  const token = parts.find((part) => part.startsWith(start))?.slice(start.length);
  return token && token.length <= LONGEST_TOKEN ? token : undefined;
}

/** A session that is neither over nor ended, and whose it is. */
type Found = { id: string; userId: string };

/** One that is used is prolonged, with one write an hour. */
async function liveSession(tx: PrismaTransaction, token: string, at: Date): Promise<Found | undefined> {
  const hash = sessionHash(token);
  const found = await tx.session.findUnique({ where: { sessionToken: hash } });
  if (!found || found.expires <= at) return undefined;
  if (at.getTime() - found.seenAt.getTime() >= HOUR_MS) {
    // Of requests that come together one prolongs it; a session that was ended meanwhile stays ended.
    await tx.session.updateMany({
      where: { sessionToken: hash, seenAt: found.seenAt },
      data: { seenAt: at, expires: new Date(at.getTime() + SESSION_MS) },
    });
  }
  return { id: found.id, userId: found.userId };
}

/** Memberships are read anew each time, so that one who was removed is out at once. The first one is the default. */
async function membership(
  tx: PrismaTransaction,
  { id: sessionId, userId }: Found,
  wish: string | undefined,
): Promise<PortalSession | undefined> {
  await tx.$executeRaw`SELECT set_config('tollgate.user', ${userId}, true)`;
  const members = await tx.member.findMany({
    where: { userId },
    orderBy: [{ createdAt: "asc" }, { organizationId: "asc" }],
    include: { user: true },
  });
  const member = members.find((one) => one.organizationId === wish) ?? members[0];
  if (!member) return undefined;
  const { organizationId } = member;
  await tx.$executeRaw`SELECT set_config('tollgate.organization', ${organizationId}, true)`;
  const organization = await tx.organization.findUnique({ where: { id: organizationId } });
  if (!organization) return undefined;
  return {
    sessionId,
    userId,
    organizationId,
    role: member.role as MemberRole,
    memberships: members.length,
    user: { name: member.user.name, email: member.user.email },
    organization: { name: organization.name, timeZone: organization.timeZone },
  };
}

/** Who is signed in, also where they belong to no organization: one who was just invited, or was removed. */
export async function userOfSession(headers: Headers, at = now()) {
  const token = sessionToken(headers.get("cookie"));
  if (!token) return undefined;
  return database().prisma.$transaction(async (tx) => {
    const found = await liveSession(tx, token, at);
    if (!found) return undefined;
    const user = await tx.user.findUnique({ where: { id: found.userId }, select: { name: true, email: true } });
    return user ? { sessionId: found.id, userId: found.userId, user } : undefined;
  });
}

/**
 * The signed-in user and their organization; undefined when nobody is signed in or the user belongs to none. The session
 * is read each time: one that was ended is out at the very next request.
 */
export async function organizationOfSession(headers: Headers, at = now()): Promise<PortalSession | undefined> {
  const cookie = headers.get("cookie");
  const token = sessionToken(cookie);
  if (!cookie || !token) return undefined;
  return database().prisma.$transaction(async (tx) => {
    const found = await liveSession(tx, token, at);
    return found && membership(tx, found, wished(cookie));
  });
}
