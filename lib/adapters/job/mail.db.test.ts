import type { AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { stopCatalogue } from "@/lib/catalogue";
import { changeInstallation, database } from "@/lib/platform/db";
import { letterBody } from "@/lib/platform/letter";
import { forgetMails, queueMail, sendNextMail, waitingMails } from "@/lib/platform/mail";
import { presetInstallation } from "@/tests/fixtures/catalogue";
import { mailServer } from "./mail";

const now = new Date("2026-11-21T10:00:00Z");
const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

let closing: (() => Promise<void>)[] = [];

/** A mail server on a port of its own, and the mails that it received. */
async function inbox(options: SMTPServerOptions = {}) {
  const mails: Email[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData(stream, _session, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", async () => {
        mails.push(await PostalMime.parse(Buffer.concat(parts)));
        done();
      });
    },
    ...options,
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  const transport = mailServer(url);
  closing.push(async () => {
    transport.close();
    await new Promise<void>((resolve) => server.close(resolve));
  });
  return { mails, url, deliver: transport.deliver };
}

const refusal = (responseCode: number) => Object.assign(new Error("not now"), { responseCode });

function queue(to: string, subject = "A subject") {
  const letter = {
    heading: subject,
    sentences: ["Grüße & <b>"],
    link: { label: "Open", url: "http://localhost/a?b=c&d" },
  };
  return changeInstallation(database(), (client) => queueMail(client, { to, subject, ...letterBody(letter), now }));
}

async function rows() {
  const { rows: found } = await database().operator.query("SELECT * FROM mail ORDER BY created_at, id");
  return found;
}

await presetInstallation("apertis");
afterAll(stopCatalogue);

beforeEach(async () => {
  await database().operator.query("DELETE FROM mail");
});

afterEach(async () => {
  await Promise.all(closing.map((close) => close()));
  closing = [];
});

describe("a mail", () => {
  it("arrives as it was written, and leaves no copy", async () => {
    const { mails, deliver } = await inbox();
    await queue("ada@people.example");
    expect(await sendNextMail(database(), now, deliver)).toBe("sent");
    expect(await sendNextMail(database(), now, deliver)).toBe("none");
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({
      subject: "A subject",
      to: [{ address: "ada@people.example" }],
      from: { name: "Apertis" },
    });
    expect(mails[0]?.text?.trim()).toBe("Grüße & <b>\n\nOpen:\nhttp://localhost/a?b=c&d");
    expect(mails[0]?.html).toContain('href="http://localhost/a?b=c&amp;d"');
    expect(mails[0]?.html).toContain("Grüße &amp; &lt;b&gt;");
    expect(await rows()).toMatchObject([{ sent_at: now, text: "", html: "", attempts: 0 }]);
  });

  it("does not exist where its transaction failed", async () => {
    const failed = changeInstallation(database(), async (client) => {
      await queueMail(client, { to: "a@b.example", subject: "s", text: "t", now });
      throw new Error("no");
    });
    await expect(failed).rejects.toThrow("no");
    expect(await waitingMails(database())).toEqual([]);
  });

  it("is delivered once, though two workers look at once", async () => {
    const { mails, url, deliver } = await inbox();
    const other = mailServer(url);
    closing.unshift(async () => other.close());
    for (let n = 0; n < 10; n += 1) await queue(`person-${n}@people.example`);
    const work = async (send: typeof deliver) => {
      while ((await sendNextMail(database(), now, send)) === "sent");
    };
    await Promise.all([work(deliver), work(other.deliver), work(deliver)]);
    const addresses = mails.map((mail) => mail.to?.[0]?.address).sort();
    expect(addresses).toEqual(Array.from({ length: 10 }, (_, n) => `person-${n}@people.example`));
  });

  it("is tried again with growing pauses when it is refused for now", async () => {
    let refusals = 2;
    const { mails, deliver } = await inbox({
      onRcptTo: (_address, _session, done) => done(refusals-- > 0 ? refusal(451) : null),
    });
    await queue("later@people.example");
    expect(await sendNextMail(database(), now, deliver)).toBe("refused");
    expect(await sendNextMail(database(), at(9), deliver)).toBe("none");
    expect(await sendNextMail(database(), at(10), deliver)).toBe("refused");
    expect(await sendNextMail(database(), at(29), deliver)).toBe("none");
    expect(await sendNextMail(database(), at(30), deliver)).toBe("sent");
    expect(mails).toHaveLength(1);
    expect(await rows()).toMatchObject([{ attempts: 2, sent_at: at(30) }]);
  });

  it("is given up after a day, and at once where the address is refused permanently", async () => {
    const busy = await inbox({ onRcptTo: (_address, _session, done) => done(refusal(451)) });
    await queue("busy@people.example");
    expect(await sendNextMail(database(), at(86_399), busy.deliver)).toBe("refused");
    expect(await sendNextMail(database(), at(90_000), busy.deliver)).toBe("given up");
    const strict = await inbox({ onRcptTo: (_address, _session, done) => done(refusal(550)) });
    await queue("nobody@people.example");
    expect(await sendNextMail(database(), now, strict.deliver)).toBe("given up");
    for (const row of await rows()) expect(row).toMatchObject({ sent_at: null, text: "", html: "" });
  });

  it("waits while the mail server is away", async () => {
    const { url } = await inbox();
    await closing.pop()?.();
    const { deliver, close } = mailServer(url);
    await queue("patient@people.example");
    expect(await sendNextMail(database(), now, deliver)).toBe("refused");
    close();
    expect(await waitingMails(database())).toMatchObject([{ recipient: "patient@people.example" }]);
  });

  it("has one recipient and one subject, whatever they hold", async () => {
    const { mails, deliver } = await inbox();
    await queue("one@people.example", "Hello\r\nBcc: all@people.example");
    await sendNextMail(database(), now, deliver);
    expect(mails[0]).toMatchObject({
      subject: "Hello Bcc: all@people.example",
      to: [{ address: "one@people.example" }],
    });
    expect(mails[0]?.bcc).toBeUndefined();
  });

  it("is deleted after 30 days", async () => {
    await queue("old@people.example");
    expect(await forgetMails(database(), at(30 * 86_400))).toBe(0);
    expect(await forgetMails(database(), at(30 * 86_400 + 1))).toBe(1);
  });
});
