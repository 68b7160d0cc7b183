/** The mails to owners about their plan. */
import type { OrganizationPaths } from "@/lib/kernel/paths";
import { type LetterText, letterBody, mailLink } from "@/lib/platform/letter";
import { translator } from "@/lib/platform/translator";
import plans from "@/messages/en/plans.json";

type ReversedPlan = {
  plan: string;
  reason: "refund" | "dispute";
  /** Null is now. */
  endsAt: Date | null;
  timeZone: string;
  /** The plan that follows. */
  afterwards: string | null;
  paths: OrganizationPaths;
};

/** The plan ends because its payment was refunded or disputed. */
export function planReversedMail({ plan, reason, endsAt, timeZone, afterwards, paths }: ReversedPlan): LetterText {
  const t = translator({ plans }, "plans.mail.returned");
  const print = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone });
  const day = endsAt ? print.format(endsAt) : "";
  const subject = endsAt ? t("subjectLater", { plan, day }) : t("subjectNow", { plan });
  const sentences = [
    t(reason, { plan }),
    endsAt ? t("later", { day }) : t("now"),
    afterwards ? t("then", { afterwards }) : t("thenNone"),
    t("charged"),
  ];
  const link = { label: t("open"), url: mailLink(paths.subscription) };
  return { subject, ...letterBody({ heading: subject, sentences, link, small: t("note") }) };
}

type PastDue = { plan: string; url: string | null; paths: OrganizationPaths };

/** `url` is the page that takes the invoice's payment; without one, the mail links to our own page. */
export function pastDueMail({ plan, url, paths }: PastDue): LetterText {
  const t = translator({ plans }, "plans.mail.pastDue");
  const subject = t("subject", { plan });
  const link = { label: t("open"), url: url ?? mailLink(paths.subscription) };
  return { subject, ...letterBody({ heading: subject, sentences: [t("text", { plan })], link, small: t("note") }) };
}
