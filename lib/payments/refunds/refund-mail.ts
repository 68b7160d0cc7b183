/** The mails about requested refunds: to the operator's support, and to the person who requested it. */
import { plainName } from "@/lib/kernel/name";
import { type LetterText, letterBody } from "@/lib/platform/letter";
import { translator } from "@/lib/platform/translator";
import refundMail from "@/messages/en/refund-mail.json";

const words = () => translator({ refundMail }, "refundMail");

type Requested = {
  organization: string;
  /** The address of the user who requested it; null if unknown. */
  requester: string | null;
  payment: string;
  refund: string;
  description: string;
  /** Such as "12.50 USD". */
  left: string;
  reason: string;
  /** Whether it paid for a plan that runs. */
  ofPlan: boolean;
};

export function refundRequestedMail({ requester, refund, reason, ofPlan, ...given }: Requested): LetterText {
  const t = words();
  const about = { ...given, organization: plainName(given.organization) };
  const subject = t("requested.subject");
  const who = requester === null ? t("requested.whoUnknown", about) : t("requested.who", { ...about, requester });
  const sentences = [
    ...[who, t("requested.reason", { reason }), t("requested.make", { payment: about.payment })],
    ...(ofPlan ? [t("requested.plan")] : []),
    t("requested.decline", { refund }),
  ];
  return { subject, ...letterBody({ heading: subject, sentences }) };
}

type Declined = { description: string; note: string; support: string; url: string };

export function refundDeclinedMail({ description, note, support, url }: Declined): LetterText {
  const t = words();
  const subject = t("declined.subject");
  const link = { label: t("declined.open"), url };
  const sentences = [t("declined.text", { description, note })];
  return { subject, ...letterBody({ heading: subject, sentences, link, small: t("declined.note", { support }) }) };
}
