/** Mails that wait in the database: queued in the transaction of what they tell of, sent by the worker after its commit. */
import { newId } from "@/lib/kernel/ids";
import type { Client } from "./db";

/** One recipient; `text` is the whole mail, `html` the same for those who read it so. */
export type Letter = { to: string; subject: string; text: string; html?: string; now: Date };

const INSERT = `INSERT INTO mail (id, recipient, subject, text, html, created_at, due_at)
  VALUES ($1, $2, $3, $4, $5, $6, $6)`;

/** A line break in a subject or an address would begin a header of somebody else's choosing. */
const oneLine = (text: string) => text.replace(/\p{Cc}+/gu, " ").trim();

/** Puts a mail into the given transaction: it is sent within about a second of the commit, or never without one. */
export async function queueMail(
  client: Pick<Client, "query">,
  { to, subject, text, html = "", now }: Letter,
): Promise<void> {
  await client.query(INSERT, [newId(now), oneLine(to), oneLine(subject), text, html, now]);
}
