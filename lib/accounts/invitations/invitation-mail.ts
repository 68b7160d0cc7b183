import { plainName } from "@/lib/kernel/name";
import { type LetterText, letterBody } from "@/lib/platform/letter";
import { translator } from "@/lib/platform/translator";
import mail from "@/messages/en/mail.json";

type Invitation = {
  /** The name of the catalogue's operator. */
  operator: string;
  organization: string;
  /** Null for the operator. */
  inviter: string | null;
  role: "admin" | "developer" | "viewer";
  email: string;
  days: number;
  url: string;
};

/** The subject names the operator. Names that people chose are only in the body, as plain text. */
export function invitationMail({ operator, organization, inviter, role, email, days, url }: Invitation): LetterText {
  const t = translator({ mail }, "mail.invitation");
  const who = { organization: plainName(organization), role: t(`role.${role}`) };
  const subject = t("subject", { operator });
  const sentences = [inviter === null ? t("textOfOperator", who) : t("text", { ...who, inviter })];
  const link = { label: t("open"), url };
  return { subject, ...letterBody({ heading: subject, sentences, link, small: t("note", { days, email }) }) };
}
