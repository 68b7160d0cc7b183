/**
 * Mails that wait in the database: queued in the transaction of what they tell of, sent by the worker after its
 * commit.
 */
import { newId } from "@/lib/kernel/ids";
import { type Client, changeInstallation, type Database } from "./db";
import { log } from "./log";

/** One recipient; `text` is the whole mail, `html` the same for those who read it so. */
export type Letter = { to: string; subject: string; text: string; html?: string; now: Date };

const INSERT = `INSERT INTO mail (id, recipient, subject, text, html, created_at, due_at)
  VALUES ($1, $2, $3, $4, $5, $6, $6)`;

/** A line break in a subject or an address would start a header of someone else's choosing. */
const oneLine = (text: string) => text.replace(/\p{Cc}+/gu, " ").trim();

/** Puts a mail into the given transaction: it is sent within about a second of the commit, or never without one. */
export async function queueMail(
  client: Pick<Client, "query">,
  { to, subject, text, html = "", now }: Letter,
): Promise<void> {
  await client.query(INSERT, [newId(now), oneLine(to), oneLine(subject), text, html, now]);
}

/** A mail that waits, as the mail server is given it. */
export type WaitingMail = { id: string; recipient: string; subject: string; text: string; html: string };
type Claimed = WaitingMail & { attempts: number; createdAt: Date };

// A mail that another process is sending is passed over; the lock lasts until its end is recorded.
const CLAIM = `SELECT id, recipient, subject, text, html, attempts, created_at AS "createdAt" FROM mail
  WHERE sent_at IS NULL AND given_up_at IS NULL AND due_at <= $1
  ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED`;
const SENT = "UPDATE mail SET sent_at = $2, text = '', html = '' WHERE id = $1";
const REFUSED = "UPDATE mail SET attempts = attempts + 1, due_at = $2 WHERE id = $1";
const GIVEN_UP = "UPDATE mail SET attempts = attempts + 1, given_up_at = $2, text = '', html = '' WHERE id = $1";

const DAY_MS = 86_400_000;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 7_200_000;
const KEPT_DAYS = 30;

/** Ten seconds, then twice as long each time, at most two hours. */
function pauseMs(attempts: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempts, 20));
}

async function refused(
  client: Client,
  mail: Claimed,
  now: Date,
  error: DeliveryError,
): Promise<"refused" | "given up"> {
  const { id, attempts, createdAt } = mail;
  const hopeless = error.code === "EENVELOPE" && (error.responseCode ?? 0) >= 500;
  const over = now.getTime() - createdAt.getTime() >= DAY_MS;
  const facts = { mail: id, attempts: attempts + 1, err: error.message };
  if (hopeless || over) {
    await client.query(GIVEN_UP, [id, now]);
    log.error(facts, "a mail was given up");
    return "given up";
  }
  await client.query(REFUSED, [id, new Date(now.getTime() + pauseMs(attempts))]);
  log.warn(facts, "a mail was refused and is tried again");
  return "refused";
}

/** What the mail server's refusal says, beside its words. */
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
    await client.query(SENT, [mail.id, now]);
    return "sent";
  });
}

/** Removes mails of more than 30 days ago. */
export async function forgetMails(db: Database, now: Date): Promise<number> {
  const { rowCount } = await db.operator.query("DELETE FROM mail WHERE created_at < $1", [
    new Date(now.getTime() - KEPT_DAYS * DAY_MS),
  ]);
  return rowCount ?? 0;
}

const MOST_SHOWN = 50;

/** The mails that wait, the latest first: where no mail server is set, what would have been sent. */
export async function waitingMails(db: Database): Promise<(WaitingMail & { createdAt: Date })[]> {
  const { rows } = await db.read.query<WaitingMail & { createdAt: Date }>(
    `SELECT id, recipient, subject, text, html, created_at AS "createdAt" FROM mail
     WHERE sent_at IS NULL AND given_up_at IS NULL ORDER BY created_at DESC, id DESC LIMIT $1`,
    [MOST_SHOWN],
  );
  return rows;
}
