import type { useTranslations } from "next-intl";
import { inSentence } from "@/components/format/in-sentence";
import { printList } from "@/lib/kernel/locale";
import { printDecimal, type UnitFacts } from "@/lib/kernel/print-amount";
import { printLongDay, printMonth } from "@/lib/kernel/print-time";
import type { GrantFacts, Part } from "./entry-sums";

export type LedgerTranslator = ReturnType<typeof useTranslations<"ledger">>;
/** The facts for sentences about the ledger. */
export type Setting = {
  t: LedgerTranslator;
  unit: UnitFacts;
  timeZone: string;
  now: Date;
  /** What the catalogue calls credit that is given, that a plan includes, and that a purchase brings. */
  promotional: string;
  plan: string;
  bought: string;
  /** What the catalogue calls automatic purchases. */
  autoTopUp: string;
};

const WELCOME = new Set(["signup", "first_call"]);

/** "3 November", with the year when it is not the running one. */
export function printDay(at: string, { now, timeZone }: Setting): string {
  return printLongDay(new Date(at), now, timeZone);
}

/** A grant's name inside a sentence, by the catalogue's labels: "the credit pack of 3 November". */
export function grantName(grant: Pick<GrantFacts, "kind" | "source" | "createdAt">, setting: Setting): string {
  const { t } = setting;
  const day = printDay(grant.createdAt, setting);
  if (grant.kind === "plan") {
    const { now, timeZone } = setting;
    const month = printMonth(new Date(grant.createdAt), now, timeZone);
    return t("grant.labelled", { label: inSentence(setting.plan), day: month });
  }
  if (grant.kind === "purchased") {
    if (grant.source === "reinstated") return t("grant.reinstated", { day });
    const label = grant.source === "auto_top_up" ? setting.autoTopUp : setting.bought;
    return t("grant.labelled", { day, label: inSentence(label) });
  }
  if (grant.kind === "promotional") {
    return WELCOME.has(grant.source)
      ? t("grant.welcome", { label: inSentence(setting.promotional) })
      : t("grant.promotional", { day });
  }
  return grant.source === "refund" ? t("grant.refund", { day }) : t("grant.adjustment", { day });
}

/** Until when a grant can be used, as a sentence of its own. */
export function expiryLabel(grant: Pick<GrantFacts, "expiresAt">, setting: Setting): string {
  return grant.expiresAt
    ? setting.t("usableUntil", { day: printDay(grant.expiresAt, setting) })
    : setting.t("neverExpires");
}

/** To the last digit: a sentence that explains a sum must add up. */
export function exactly(amount: string, { unit }: Setting): string {
  return printDecimal(amount, unit).exact;
}

/** "$0.10 of the subscription quota of November and $0.093 of the account funds of 3 November". */
export function partsOf(parts: readonly Part[], setting: Setting): string {
  return printList(
    parts.map(({ amount, grant }) =>
      setting.t("part", { amount: exactly(amount, setting), grant: grantName(grant, setting) }),
    ),
  );
}
