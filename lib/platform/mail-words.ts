/** What mails say, from the same kind of message file as the portal, and how a mail with one link is laid out. */
// Of next-intl only the part without React, which programs outside of Next can load.
import { createTranslator } from "use-intl/core";
import { plainName } from "@/lib/kernel/name";
import mail from "@/messages/en/mail.json";
import { env } from "./env";
import { letterBody } from "./letter";

/** Links in mails never come from what a request calls our host: whoever sends it could choose that. */
export function mailLink(path: string): string {
  const { PUBLIC_URL, PORT } = env();
  return `${PUBLIC_URL?.replace(/\/+$/, "") ?? `http://localhost:${PORT}`}${path}`;
}

type Parts = { subject: string; text: string; link: { label: string; url: string }; note: string };
export type MailWords = { subject: string; text: string; html: string };

function laidOut({ subject, text, link, note }: Parts): MailWords {
  return { subject, ...letterBody({ heading: subject, sentences: [text], link, small: note }) };
}

type Invitation = {
  /** What the catalogue's operator is called. */
  operator: string;
  organization: string;
  /** Null for the operator. */
  inviter: string | null;
  role: "admin" | "developer" | "viewer";
  email: string;
  days: number;
  url: string;
};

/** The subject names the operator: what people call themselves and their organizations stays inside, as plain text. */
export function invitationMail({ operator, organization, inviter, role, email, days, url }: Invitation): MailWords {
  const t = createTranslator({ locale: "en", messages: { mail }, namespace: "mail.invitation" });
  const who = { organization: plainName(organization), role: t(`role.${role}`) };
  return laidOut({
    subject: t("subject", { operator }),
    text: inviter === null ? t("textOfOperator", who) : t("text", { ...who, inviter }),
    link: { label: t("open"), url },
    note: t("note", { days, email }),
  });
}
