/** Who is signed in, from a request's cookie alone: also for requests that never pass through Next (the stream). */
import { getToken } from "next-auth/jwt";
import type { MemberRole } from "@/lib/kernel/permissions";
import { database } from "./db";
import { env } from "./env";

export type PortalSession = {
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

/** Memberships are read anew each time, so that one who was removed is out at once. The first one is the default. */
async function membership(userId: string, wish: string | undefined): Promise<PortalSession | undefined> {
  return database().prisma.$transaction(async (tx) => {
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
      userId,
      organizationId,
      role: member.role as MemberRole,
      memberships: members.length,
      user: { name: member.user.name, email: member.user.email },
      organization: { name: organization.name, timeZone: organization.timeZone },
    };
  });
}

/** The signed-in user and their organization; undefined when nobody is signed in or the user belongs to none. */
export async function organizationOfSession(headers: Headers): Promise<PortalSession | undefined> {
  const secret = env().AUTH_SECRET;
  const cookie = headers.get("cookie");
  if (!secret || !cookie) return undefined;
  // Only the cookie: the library would otherwise take a bearer credential for a session.
  const req = { headers: new Headers({ cookie }) };
  const token = await getToken({ req, secret, cookieName: sessionCookie(), secureCookie: secureCookies() });
  return token?.sub && UUID.test(token.sub) ? membership(token.sub, wished(cookie)) : undefined;
}
