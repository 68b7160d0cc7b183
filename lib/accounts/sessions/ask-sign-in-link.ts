import { checkInput } from "@/lib/kernel/input";
import { changeInstallation } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { type Letter, queueMail } from "@/lib/platform/mail";
import { RateLimit } from "@/lib/platform/rate-limit";
import { newSessionToken, sessionHash } from "@/lib/platform/session";
import { askSignInLinkSchema } from "../schema";
import { countMails, insertLink, isExpected, lockAddress, rollBackToSavepoint, setSavepoint } from "./link-store";
import type { Visit } from "./visit";

const LIFETIME_MS = 900_000;
const HOUR_MS = 3_600_000;
/** The limit for one address in an hour, which protects inboxes from floods. */
const MOST_TO_ONE = 5;

const askers = new RateLimit({ name: "sign-in-mail", quota: env().RATE_LIMIT_MAIL, windowSeconds: HOUR_MS / 1_000 });

/** The mail in the words of the portal, around a link that carries both. */
type Question = { email: string; letter: (link: { email: string; token: string }) => Omit<Letter, "to" | "now"> };

/**
 * Sends a link that signs in, once and for 15 minutes. An address without access, or over the limit, gets no link,
 * without being told: the answer and the work are the same. Errors: validation_failed (no address).
 */
export async function askSignInLink({ db, now, origin }: Visit, { email: given, letter }: Question): Promise<void> {
  const { email } = checkInput(askSignInLinkSchema, { email: given });
  const patient = !askers.limits || askers.take(origin?.address ?? "", now.getTime()).retryAfter === 0;
  const token = newSessionToken();
  const mail = letter({ email, token });
  await changeInstallation(db, async (client) => {
    await lockAddress(client, email);
    const expected = await isExpected(client, email, now);
    const sent = await countMails(client, email, mail.subject, new Date(now.getTime() - HOUR_MS));
    await setSavepoint(client);
    await insertLink(client, { email, hash: sessionHash(token), expires: new Date(now.getTime() + LIFETIME_MS) });
    await queueMail(client, { ...mail, to: email, now });
    const allowed = patient && sent < MOST_TO_ONE && (expected || env().SIGN_UP === "open");
    if (!allowed) await rollBackToSavepoint(client);
  });
}
