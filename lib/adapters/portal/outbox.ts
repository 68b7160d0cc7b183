import { connection } from "next/server";
import { database } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { waitingMails } from "@/lib/platform/mail";

/** The mails that wait, for the demo alone: whoever reads them signs in as anybody. Undefined everywhere else. */
export async function outbox() {
  await connection();
  if (!env().DEMO || env().SMTP_URL) return undefined;
  const mails = await waitingMails(database());
  return mails.map(({ createdAt, ...mail }) => ({ ...mail, at: createdAt.toISOString() }));
}
