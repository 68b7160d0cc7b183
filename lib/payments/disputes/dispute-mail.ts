/** The mails about a disputed payment: to the organization's owners, and to the operator's support. */
import { plainName } from "@/lib/kernel/name";
import { type LetterText, letterBody } from "@/lib/platform/letter";
import { translator } from "@/lib/platform/translator";
import disputeMail from "@/messages/en/dispute-mail.json";

const words = () => translator({ disputeMail }, "disputeMail");

type Facts = {
  organization: string;
  state: "inquiry" | "open" | "won" | "lost";
  /** The purchase. */
  description: string;
  /** Such as "12.50 USD". */
  amount: string;
  /** The bank's word for it, such as "product not received". */
  reason: string;
  /** "true" where the catalogue has plans. */
  plans: string;
};

export function disputeOpenedMail({ url, ...given }: Facts & { url: string }): LetterText {
  const facts = { ...given, organization: plainName(given.organization) };
  const t = words();
  const subject = t("owners.subject");
  const link = { label: t("owners.open"), url };
  const sentences = [t(`owners.${facts.state === "inquiry" ? "inquiry" : "text"}`, facts), t("owners.then", facts)];
  return { subject, ...letterBody({ heading: subject, sentences, link, small: t("owners.note", facts) }) };
}

export function disputeOperatorMail(given: Facts & { payment: string; dispute: string }): LetterText {
  const facts = { ...given, organization: plainName(given.organization) };
  const t = words();
  const subject = t("operator.subject");
  const sentences = [t("operator.text", facts), t("operator.then", facts), t("operator.list")];
  return { subject, ...letterBody({ heading: subject, sentences }) };
}
