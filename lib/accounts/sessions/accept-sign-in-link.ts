import { TollgateError } from "@/lib/kernel/errors";
import { changeInstallation } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { sessionHash } from "@/lib/platform/session";
import { type SignInLink, signInLinkSchema } from "../schema";
import { isExpected, isOpen, provedUser, takeLink } from "./link-store";
import type { Visit } from "./visit";

/** Whether the link would sign in; looking does not use it up, as the scanners of mail servers do. */
export async function isSignInLinkOpen({ db, now }: Visit, input: SignInLink): Promise<boolean> {
  const { success, data } = signInLinkSchema.safeParse(input);
  return success && isOpen(db, data.email, sessionHash(data.token), now);
}

/**
 * Uses the link and returns its user: a new one if the address is new. Errors: unauthenticated (the link is used,
 * expired or unknown).
 */
export async function acceptSignInLink({ db, now }: Visit, input: SignInLink): Promise<{ userId: string }> {
  const { success, data } = signInLinkSchema.safeParse(input);
  const userId =
    success &&
    (await changeInstallation(db, async (client) => {
      const { email, token } = data;
      if (!(await takeLink(client, email, sessionHash(token), now))) return undefined;
      // An invitation may have been withdrawn since the link was requested.
      const welcome = env().SIGN_UP === "open" || (await isExpected(client, email, now));
      return welcome ? provedUser(client, email, now) : undefined;
    }));
  if (!userId)
    throw new TollgateError("unauthenticated", "This link was already used, or it is older than 15 minutes.");
  return { userId };
}
