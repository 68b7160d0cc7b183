/** What mails say when auto top-up waits for something: why, what happens next, and the one thing to do. */
import { createTranslator } from "use-intl/core";
import { plainName } from "@/lib/kernel/name";
import messages from "@/messages/en/auto-top-up-mail.json";
import { letterBody } from "./letter";
import type { MailWords } from "./mail-words";

export type AutoTopUpMail = {
  kind: Exclude<keyof typeof messages, "note">;
  organization: string;
  /** What the catalogue calls it. */
  label: string;
  price: string;
  card: string;
  /** What the bank said, a sentence. */
  reason: string;
  when: string;
  charged: string;
  cap: string;
  url: string;
};

export function autoTopUpMail({ kind, url, ...given }: AutoTopUpMail): MailWords {
  const facts = { ...given, organization: plainName(given.organization) };
  const t = createTranslator({ locale: "en", messages: { autoTopUpMail: messages }, namespace: "autoTopUpMail" });
  const subject = t(`${kind}.subject`, facts);
  const link = { label: t(`${kind}.open`, facts), url };
  const sentences = [t(`${kind}.text`, facts), t(`${kind}.then`, facts)];
  return { subject, ...letterBody({ heading: subject, sentences, link, small: t("note", facts) }) };
}
