/** The mail about a balance: how much is left, what happens next, and the one thing that mends it. Pure but for its links. */
import type { Catalogue } from "@/lib/catalogue/schema";
import { organizationPublicId } from "@/lib/kernel/ids";
import { levelSentences } from "@/lib/kernel/level-sentences";
import { plainName } from "@/lib/kernel/name";
import { organizationPaths } from "@/lib/kernel/paths";
import { allows, type MemberRole } from "@/lib/kernel/permissions";
import { printAmount, printDecimal } from "@/lib/kernel/print-amount";
import { balanceAnswer } from "@/lib/ledger";
import type { Balance } from "@/lib/ledger/schema";
import { type LetterText, letterBody, mailLink } from "@/lib/platform/letter";
import { translator } from "@/lib/platform/translator";
import alerts from "@/messages/en/alerts.json";
import level from "@/messages/en/level.json";
import type { AlertKind } from "./plan-alert";

type AlertMail = {
  kind: AlertKind;
  catalogue: Catalogue;
  organizationId: string;
  organization: string;
  balance: Balance;
  /** Minor units of the unit. */
  threshold: bigint | null;
  role: MemberRole;
};

const t = translator({ alerts }, "alerts.mail");
const words = translator({ level }, "level");

/** What auto top-up will do about it; nothing without it. */
function autoTopUpSentences({ labels: { autoTopUp: label }, unit }: Catalogue, { autoTopUp }: Balance): string[] {
  const { state, threshold } = autoTopUp;
  if (state === "waiting") return [t("autoTopUpWaits", { label })];
  if (state === "charging") return [t("autoTopUpCharges", { label })];
  if (state === "off" || threshold === null) return [];
  return [t("autoTopUpReady", { label, threshold: printAmount(threshold, unit).text })];
}

/** The button: to what mends the balance for those who may do it, else to the overview. */
function linkOf({ kind, catalogue, organizationId, balance }: AlertMail, mayAct: boolean) {
  const { places, labels, topUp, packs } = catalogue;
  const paths = organizationPaths(organizationPublicId(organizationId), places);
  const sells = topUp !== null || packs.length > 0;
  const action = balance.action ?? (kind === "threshold" && sells ? "add_funds" : null);
  if (action === null || !mayAct) return { label: t("overview"), url: mailLink(paths.overview) };
  if (action === "add_funds") return { label: labels.topUp, url: mailLink(paths.addFunds) };
  return { label: words(`action.${action}`, { label: labels.payg }), url: mailLink(paths.subscription) };
}

/** One recipient's mail. The organization's name, which its members choose, stands only in the text. */
export function alertMail(of: AlertMail): LetterText {
  const { kind, catalogue, organizationId, balance, role } = of;
  const { unit, labels, places, insufficient } = catalogue;
  const answer = balanceAnswer(balance, catalogue);
  const left = printDecimal(answer.spendable, unit, "balance").text;
  const threshold = printAmount(of.threshold ?? 0n, unit).text;
  const organization = plainName(of.organization);
  const subject =
    kind === "threshold"
      ? t("threshold.subject", { left, threshold })
      : t(balance.spendable > 0n ? "level.subject" : "level.subjectRefused", { left, level: balance.level });
  const first =
    kind === "threshold"
      ? t("threshold.text", { organization, threshold })
      : t("level.text", { organization, level: balance.level });
  const mayAct = allows(role, "billing.manage");
  const raised = balance.level !== "normal";
  const sentences = [
    first,
    levelSentences(answer, { unit, payg: labels.payg, t: words }),
    t("code", { code: insufficient.code }),
    ...autoTopUpSentences(catalogue, balance),
    raised ? words("advice", { advice: balance.advice }) : "",
    raised && balance.action !== null && !mayAct ? words("askOwner") : "",
  ];
  const settings = organizationPaths(organizationPublicId(organizationId), places).settings;
  const small = t("note", { organization, url: mailLink(`${settings}#alerts`) });
  const link = linkOf(of, mayAct);
  return { subject, ...letterBody({ heading: subject, sentences: sentences.filter(Boolean), link, small }) };
}
