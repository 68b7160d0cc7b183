/**
 * Signing in by GitHub and Google, with next-auth. Its sessions are the same rows as all others: its adapter is given
 * tokens, and stores hashes. Links by mail and the demo are verbs of ours, since next-auth uses a link up at a GET and
 * gives the demo no row.
 */
import { PrismaAdapter } from "@auth/prisma-adapter";
import NextAuth, { type NextAuthConfig, type Profile } from "next-auth";
import type { Adapter } from "next-auth/adapters";
import GitHub from "next-auth/providers/github";
import Google from "next-auth/providers/google";
import { endSessionOfToken, markProved, mayEnter, startSession } from "@/lib/accounts";
import { ownPath } from "@/lib/kernel/own-path";
import { paths } from "@/lib/kernel/paths";
import { now } from "@/lib/platform/clock";
import { database } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { newSessionToken, secureCookies, sessionCookie, sessionHash } from "@/lib/platform/session";
import { signInMethods } from "@/lib/platform/sign-in-methods";
import { COOKIE_SECONDS, currentVisit } from "./visit";

/** Reads and writes users and accounts as the library does; sessions by the verbs. */
function adapter(): Adapter {
  // Its type names the client's old package; the methods that it calls are the same.
  const rows = PrismaAdapter(database().prisma as unknown as Parameters<typeof PrismaAdapter>[0]);
  return {
    ...rows,
    // Whose address is not proved was refused before.
    createUser: async (user) => {
      const proved = { ...user, email: user.email.toLowerCase(), emailVerified: now() };
      return (await rows.createUser?.(proved)) ?? proved;
    },
    linkAccount: async (account) => {
      await rows.linkAccount?.(account);
      await markProved(await currentVisit(), account.userId);
    },
    getUserByEmail: async (email) => (await rows.getUserByEmail?.(email.toLowerCase())) ?? null,
    createSession: async ({ sessionToken: token, userId, expires }) => {
      await startSession(await currentVisit(), { userId, token });
      return { sessionToken: token, userId, expires };
    },
    getSessionAndUser: async (token) => {
      const found = await rows.getSessionAndUser?.(sessionHash(token));
      return found ? { ...found, session: { ...found.session, sessionToken: token } } : null;
    },
    // A session is prolonged where it is read, by the same rule for every way of signing in.
    updateSession: async () => null,
    deleteSession: async (token) => endSessionOfToken(await currentVisit(), token),
  };
}

type GitHubAddress = { email: string; primary: boolean; verified: boolean };

/** GitHub's profile shows any address; only its list says which one is proved. */
async function gitHubProfile(api: string, accessToken: string | undefined): Promise<Profile> {
  const ask = async (path: string) => {
    const headers = { authorization: `Bearer ${accessToken}`, "user-agent": "tollgate" };
    const answer = await fetch(`${api}${path}`, { headers });
    if (!answer.ok) throw new Error(`GitHub answered ${answer.status} to ${path}`);
    return answer.json();
  };
  const [profile, addresses] = await Promise.all([ask("/user"), ask("/user/emails") as Promise<GitHubAddress[]>]);
  const proved = addresses.find(({ primary, verified }) => primary && verified);
  return { ...profile, email: proved?.email ?? null, email_verified: proved !== undefined };
}

function providers(): NextAuthConfig["providers"] {
  const { AUTH_GITHUB_ID, AUTH_GITHUB_SECRET, AUTH_GITHUB_URL, AUTH_GOOGLE_ID, AUTH_GOOGLE_SECRET } = env();
  // Both prove addresses, and one that is not proved is refused below: the same address is the same user.
  const same = { allowDangerousEmailAccountLinking: true };
  const enterprise = AUTH_GITHUB_URL ? { enterprise: { baseUrl: AUTH_GITHUB_URL } } : {};
  const github = GitHub({
    ...same,
    ...enterprise,
    // The state ties the answer to this browser also where a server overlooks PKCE.
    checks: ["pkce", "state"],
    clientId: AUTH_GITHUB_ID ?? "",
    clientSecret: AUTH_GITHUB_SECRET ?? "",
  });
  const api = AUTH_GITHUB_URL ? `${AUTH_GITHUB_URL}/api/v3` : "https://api.github.com";
  const userinfo = {
    url: `${api}/user`,
    request: ({ tokens }: { tokens: { access_token?: string } }) => gitHubProfile(api, tokens.access_token),
  };
  const google = Google({
    ...same,
    checks: ["pkce", "state", "nonce"],
    clientId: AUTH_GOOGLE_ID ?? "",
    clientSecret: AUTH_GOOGLE_SECRET ?? "",
  });
  const all = { github: { ...github, userinfo }, google };
  return signInMethods().oauth.map((name) => all[name]);
}

/** Only who proved an address, and is welcome. */
export async function isWelcome(profile: Profile | undefined): Promise<boolean> {
  const { email, email_verified: verified } = profile ?? {};
  return verified === true && typeof email === "string" && mayEnter(await currentVisit(), email);
}

const config = (): NextAuthConfig => ({
  adapter: adapter(),
  providers: providers(),
  session: { strategy: "database", maxAge: COOKIE_SECONDS, generateSessionToken: newSessionToken },
  pages: { signIn: paths.signIn, error: paths.signIn },
  ...(env().AUTH_SECRET && { secret: env().AUTH_SECRET }),
  // The server itself replaces the headers that name a host; redirects are held to our own pages below.
  trustHost: true,
  useSecureCookies: secureCookies(),
  cookies: { sessionToken: { name: sessionCookie() } },
  callbacks: {
    signIn: ({ profile }) => isWelcome(profile),
    redirect({ url, baseUrl }) {
      const path = url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url;
      return `${baseUrl}${ownPath(path)}`;
    },
  },
  logger: {
    error: (error) => log.warn({ err: error.message, type: error.name }, "a sign-in failed"),
    warn: (code) => log.debug({ code }, "sign-in"),
    debug: () => {},
  },
});

export const { handlers, signIn } = NextAuth(config);
