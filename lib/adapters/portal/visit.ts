/** A visitor who is not signed in, and the cookie of the session that starts. */
import { cookies, headers } from "next/headers";
import { endSessionOfToken, startSession, type Visit } from "@/lib/accounts";
import { now } from "@/lib/platform/clock";
import { database } from "@/lib/platform/db";
import { secureCookies, sessionCookie, sessionToken } from "@/lib/platform/session";
import { loadedCatalogue } from "./loaded-catalogue";
import { originOf } from "./session";

/** As long as browsers keep a cookie: when a session ends is written in its row alone. */
export const COOKIE_SECONDS = 34_560_000;

export async function currentVisit(): Promise<Visit> {
  await loadedCatalogue();
  return { now: now(), db: database(), origin: originOf(await headers()) };
}

async function currentToken(): Promise<string | undefined> {
  return sessionToken((await headers()).get("cookie"));
}

/** Signs the user in in this browser and replaces the previous session. */
export async function signInHere(userId: string): Promise<void> {
  const visit = await currentVisit();
  const before = await currentToken();
  const { token } = await startSession(visit, { userId });
  if (before) await endSessionOfToken(visit, before);
  (await cookies()).set(sessionCookie(), token, {
    httpOnly: true,
    sameSite: "lax",
    secure: secureCookies(),
    path: "/",
    maxAge: COOKIE_SECONDS,
  });
}

/** Ends this browser's session, and forgets it. */
export async function signOutHere(): Promise<void> {
  const token = await currentToken();
  if (token) await endSessionOfToken(await currentVisit(), token);
  (await cookies()).delete({ name: sessionCookie(), path: "/", secure: secureCookies() });
}
