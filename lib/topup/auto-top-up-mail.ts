/** Mails about a waiting auto top-up: the reason, what happens next, and what to do. */
import { plainName } from "@/lib/kernel/name";
import { type LetterText, letterBody } from "@/lib/platform/letter";
import { translator } from "@/lib/platform/translator";
import messages from "@/messages/en/auto-top-up-mail.json";

export type AutoTopUpMail = {
  kind: Exclude<keyof typeof messages, "note">;
  organization: string;
  /** The catalogue's name for auto top-up. */
  label: string;
  price: string;
  card: string;
  /** The bank's message, a sentence. */
  reason: string;
  when: string;
  charged: string;
  cap: string;
  url: string;
};

export function autoTopUpMail({ kind, url, ...given }: AutoTopUpMail): LetterText {
  const facts = { ...given, organization: plainName(given.organization) };
  const t = translator({ autoTopUpMail: messages }, "autoTopUpMail");
  const subject = t(`${kind}.subject`, facts);
  const link = { label: t(`${kind}.open`, facts), url };
  const sentences = [t(`${kind}.text`, facts), t(`${kind}.then`, facts)];
  return { subject, ...letterBody({ heading: subject, sentences, link, small: t("note", facts) }) };
}
