/**
 * Mails that wait in the database: queued in the transaction of what they tell of, sent by the worker after its
 * commit.
 */
import { newId } from "@/lib/kernel/ids";
import { type Client, changeInstallation, type Database } from "./db";
import { log } from "./log";

/** One recipient; `text` is the whole mail, `html` the same for those who read it so. */
export type Letter = { to: string; subject: string; text: string; html?: string; now: Date };

/** A line break in a subject or an address would start a header of someone else's choosing. */
const oneLine = (text: string) => text.replace(/\p{Cc}+/gu, " ").trim();

/** Puts a mail into the given transaction: it is sent within about a second of the commit, or never without one. */
export async function queueMail({ tables }: Client, { to, subject, text, html = "", now }: Letter): Promise<void> {
  await tables.mail.createMany({
    data: { id: newId(now), recipient: oneLine(to), subject: oneLine(subject), text, html, createdAt: now, dueAt: now },
  });
}

/** A mail that waits, as the mail server is given it. */
export type WaitingMail = { id: string; recipient: string; subject: string; text: string; html: string };
type Claimed = WaitingMail & { attempts: number; createdAt: Date };

// A mail that another process is sending is passed over; the lock lasts until its end is recorded.
const CLAIM = `SELECT id, recipient, subject, text, html, attempts, created_at AS "createdAt" FROM mail
  WHERE sent_at IS NULL AND given_up_at IS NULL AND due_at <= $1
  ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED`;
/** Once sent or given up, the text is removed: it may hold a link that signs in. */
const EMPTIED = { text: "", html: "" };

const DAY_MS = 86_400_000;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 7_200_000;
const KEPT_DAYS = 30;

/** Ten seconds, then twice as long each time, at most two hours. */
function pauseMs(attempts: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempts, 20));
}

async function refused(
  { tables }: Client,
  mail: Claimed,
  now: Date,
  error: DeliveryError,
): Promise<"refused" | "given up"> {
  const { id, attempts, createdAt } = mail;
  const hopeless = error.code === "EENVELOPE" && (error.responseCode ?? 0) >= 500;
  const over = now.getTime() - createdAt.getTime() >= DAY_MS;
  const facts = { mail: id, attempts: attempts + 1, err: error.message };
  if (hopeless || over) {
    await tables.mail.updateMany({ where: { id }, data: { attempts: { increment: 1 }, givenUpAt: now, ...EMPTIED } });
    log.error(facts, "a mail was given up");
    return "given up";
  }
  const dueAt = new Date(now.getTime() + pauseMs(attempts));
  await tables.mail.updateMany({ where: { id }, data: { attempts: { increment: 1 }, dueAt } });
  log.warn(facts, "a mail was refused and is tried again");
  return "refused";
}

/** The mail server's refusal, beside its text. */
type DeliveryError = Error & { code?: string; responseCode?: number };

/**
 * Sends the mail that waits longest and empties it. One that is refused is tried again with growing pauses for a day;
 * one whose address the server refuses for good is given up at once. Two processes never send the same one together.
 */
export function sendNextMail(
  db: Database,
  now: Date,
  deliver: (mail: WaitingMail) => Promise<void>,
): Promise<"none" | "sent" | "refused" | "given up"> {
  return changeInstallation(db, async (client) => {
    const { rows } = await client.query<Claimed>(CLAIM, [now]);
    const [mail] = rows;
    if (!mail) return "none";
    try {
      await deliver(mail);
    } catch (error) {
      return refused(client, mail, now, error as DeliveryError);
    }
    await client.tables.mail.updateMany({ where: { id: mail.id }, data: { sentAt: now, ...EMPTIED } });
    return "sent";
  });
}

/** Removes mails of more than 30 days ago. */
export async function forgetMails(db: Database, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * DAY_MS);
  const { count } = await changeInstallation(db, ({ tables }) =>
    tables.mail.deleteMany({ where: { createdAt: { lt: before } } }),
  );
  return count;
}

const MOST_SHOWN = 50;

/** The waiting mails, the latest first. Without a mail server, all mails wait. */
export async function waitingMails({ tables }: Database): Promise<(WaitingMail & { createdAt: Date })[]> {
  return tables.mail.findMany({
    where: { sentAt: null, givenUpAt: null },
    select: { id: true, recipient: true, subject: true, text: true, html: true, createdAt: true },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: MOST_SHOWN,
  });
}
