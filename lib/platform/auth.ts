/**
 * Signing in. The demo user is the only one so far: e-mail links, OAuth and their adapter are further entries of
 * `providers`; pages and actions only know `signIn`, `signOut` and the session cookie.
 */
import NextAuth, { type NextAuthConfig } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { database } from "./db";
import { env } from "./env";
import { log } from "./log";
import { secureCookies, sessionCookie } from "./session";

/** The seeded demo user; undefined where the demo is off or was not seeded. */
export async function demoUser(): Promise<{ id: string; email: string; name: string | null } | undefined> {
  if (!env().DEMO) return undefined;
  const { prisma } = database();
  const live = await prisma.catalogueVersion.findFirst({ orderBy: { version: "desc" }, select: { name: true } });
  if (!live) return undefined;
  const user = await prisma.user.findUnique({ where: { email: `demo@${live.name}.example` } });
  return user ? { id: user.id, email: user.email, name: user.name } : undefined;
}

const demo = Credentials({
  id: "demo",
  name: "Demo",
  credentials: {},
  authorize: async () => (await demoUser()) ?? null,
});

const config: NextAuthConfig = {
  providers: [demo],
  session: { strategy: "jwt" },
  pages: { signIn: "/sign-in", error: "/sign-in" },
  ...(env().AUTH_SECRET && { secret: env().AUTH_SECRET }),
  // The port is ours alone or behind the operator's proxy; redirects are held to our own origin below.
  trustHost: true,
  useSecureCookies: secureCookies(),
  cookies: { sessionToken: { name: sessionCookie() } },
  callbacks: {
    redirect({ url, baseUrl }) {
      const target = new URL(url, baseUrl);
      return target.origin === baseUrl ? target.href : baseUrl;
    },
  },
  logger: {
    error: (error) => log.warn({ err: error.message, type: error.name }, "a sign-in failed"),
    warn: (code) => log.debug({ code }, "sign-in"),
    debug: () => {},
  },
};

export const { handlers, signIn, signOut } = NextAuth(config);
