import { currentCatalogue } from "@/lib/catalogue";
import type { Catalogue } from "@/lib/catalogue/schema";
import { formatMinor } from "@/lib/kernel/minor-units";
import { ownPaths } from "@/lib/kernel/own-paths";
import type { OrganizationPaths } from "@/lib/kernel/paths";
import { presentZone } from "@/lib/kernel/time-zone";
import { cardLabel } from "@/lib/payments";
import type { InstallationContext } from "@/lib/platform/context";
import { changeInstallation } from "@/lib/platform/db";
import { mailLink } from "@/lib/platform/letter";
import { queueMail } from "@/lib/platform/mail";
import { autoTopUpMail } from "./auto-top-up-mail";
import { type Notice, type NoticeFacts, type NoticeKind, readNoticeFacts, takeNotices } from "./notice-store";

const MOST = 50;

/** The page Add funds, with the rule's purchase filled in. */
function purchasePath({ amount, pack }: NoticeFacts, digits: number, paths: OrganizationPaths): string {
  if (pack !== null) return `${paths.addFunds}?pack=${encodeURIComponent(pack)}`;
  return amount === null ? paths.addFunds : `${paths.addFunds}?amount=${formatMinor(amount, digits)}`;
}

function pathOf(notice: NoticeKind, facts: NoticeFacts, digits: number, paths: OrganizationPaths): string {
  switch (notice) {
    case "authentication_required":
    case "gap":
      return purchasePath(facts, digits, paths);
    case "capped":
    case "returned":
    case "unavailable":
      return paths.autoTopUp;
    case "plan_required":
      return paths.subscription;
    default:
      return paths.paymentMethods;
  }
}

/** "on Tuesday 24 November at 14:32 (Europe/Berlin)" */
function printTime(at: Date, timeZone: string): string {
  const print = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { ...options, timeZone }).format(at);
  const day = print({ weekday: "long", day: "numeric", month: "long" });
  return `on ${day} at ${print({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" })} (${presentZone(timeZone)})`;
}

function noticeMail({ organizationId, notice }: Notice, facts: NoticeFacts, { payment, labels }: Catalogue) {
  const { organization, brand, last4, reason, dueAt, timeZone } = facts;
  const money = (minor: bigint | null) => {
    const amount = formatMinor(minor ?? 0n, payment.digits);
    return new Intl.NumberFormat("en", { style: "currency", currency: payment.currency }).format(amount as `${number}`);
  };
  return autoTopUpMail({
    kind: notice,
    organization,
    label: labels.autoTopUp,
    price: money(facts.price ?? facts.amount),
    card: last4 === null ? "the card" : cardLabel({ brand, last4 }),
    reason: reason ?? "The card was declined.",
    when: dueAt ? printTime(dueAt, timeZone) : "",
    charged: money(facts.charged),
    cap: money(facts.cap),
    url: mailLink(pathOf(notice, facts, payment.digits, ownPaths(organizationId))),
  });
}

/**
 * Sends owners a mail that says why auto top-up waits, once for each reason. The mails are queued in the transaction
 * that takes the reasons, so that none is lost or sent twice. Returns the number of reasons.
 */
export async function mailNotices({ db, now }: InstallationContext): Promise<number> {
  const { catalogue } = currentCatalogue();
  return changeInstallation(db, async (client) => {
    const notices = await takeNotices(client, MOST);
    for (const found of notices) {
      const facts = await readNoticeFacts(client, found.organizationId, now);
      if (!facts) continue;
      const mail = noticeMail(found, facts, catalogue);
      for (const to of facts.owners) await queueMail(client, { to, ...mail, now });
    }
    return notices.length;
  });
}
