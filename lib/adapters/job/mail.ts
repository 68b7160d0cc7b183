/** Sends waiting mails to the operator's mail server. It checks twice a second, so that a mail leaves immediately. */
import { createTransport } from "nodemailer";
import { currentCatalogue } from "@/lib/catalogue";
import { now } from "@/lib/platform/clock";
import { database } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { sendNextMail, type WaitingMail } from "@/lib/platform/mail";
import { type Poller, startPoller } from "./poller";

const LOOK_MS = 500;
/** A mail server that says nothing: below the time that a shutdown waits for. */
const SILENCE_MS = 8_000;

function sender(): { name: string; address: string } | string {
  const { operator } = currentCatalogue().catalogue;
  return env().MAIL_FROM ?? { name: operator.name, address: operator.support };
}

/** Speaks SMTP; the connection stays open between mails. */
export function mailServer(url: string) {
  const patience = { connectionTimeout: SILENCE_MS, greetingTimeout: SILENCE_MS, socketTimeout: SILENCE_MS };
  const transport = createTransport({ url, pool: true, maxConnections: 1, ...patience });
  return {
    async deliver({ id, recipient, subject, text, html }: WaitingMail): Promise<void> {
      // The same id at a second try, so that a mailbox that has it already can tell.
      const messageId = `<${id}@${new URL(env().PUBLIC_URL ?? "http://localhost").hostname}>`;
      const to = { name: "", address: recipient };
      await transport.sendMail({ from: sender(), to, subject, text, messageId, ...(html && { html }) });
    },
    close: () => transport.close(),
  };
}

/** Nothing without SMTP_URL: mails stay where the demo shows them. */
export function startMailer(): Poller {
  const { SMTP_URL } = env();
  if (!SMTP_URL) return { stop: async () => {} };
  const server = mailServer(SMTP_URL);
  const poller = startPoller({
    everyMs: LOOK_MS,
    work: async () => (await sendNextMail(database(), now(), server.deliver)) !== "none",
    failed: "mails were not sent this time",
  });
  return {
    async stop() {
      await poller.stop();
      server.close();
    },
  };
}
