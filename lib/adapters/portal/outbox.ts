import { connection } from "next/server";
import { database } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { waitingMails } from "@/lib/platform/mail";

/** The waiting mails, only in the demo, because a reader of them can sign in as anyone. Undefined otherwise. */
export async function outbox() {
  await connection();
  if (!env().DEMO || env().SMTP_URL) return undefined;
  const mails = await waitingMails(database());
  return mails.map(({ createdAt, ...mail }) => ({ ...mail, at: createdAt.toISOString() }));
}
