import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { paths } from "@/lib/kernel/paths";
import { balance } from "@/lib/ledger";
import type { Balance } from "@/lib/ledger/schema";
import { now } from "@/lib/platform/clock";
import type { PersonContext } from "@/lib/platform/context";
import { database } from "@/lib/platform/db";
import { userOfSession } from "@/lib/platform/session";
import { originOf, type PortalRequest, portalRequest } from "./session";

/** Read once per request, for the frame and for what it holds. */
export const currentPortal = cache(async (): Promise<PortalRequest | undefined> => portalRequest(await headers()));

/** What the organization has: asked by the frame and by pages, read once. */
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

/** What a page of the portal needs; whoever is not signed in is sent to sign in and then back. */
export async function portalPage(path: string): Promise<PortalRequest> {
  const request = await currentPortal();
  if (!request) redirect(`${paths.signIn}?callbackUrl=${encodeURIComponent(path)}`);
  return request;
}
