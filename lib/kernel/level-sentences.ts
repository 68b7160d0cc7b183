/** A level in sentences, for pages and mails. Pure, and safe for the browser. */
import type { createTranslator } from "use-intl/core";
import type level from "@/messages/en/level.json";
import { durationOf } from "./duration";
import { parseAmount } from "./money";
import { printAmount, printDecimal, type UnitFacts } from "./print-amount";

type Translator = ReturnType<typeof createTranslator<{ level: typeof level }, "level">>;
/** Of `GET /v1/balance`, in decimals. */
type LevelFacts = Record<"available" | "spendable" | "debt", string> & {
  reason: string | null;
  runway: { days: number } | null;
};
type SentenceFacts = { unit: UnitFacts; payg: string; t: Translator };

/** Prepaid credit that PAYG fallback does not let through, in facts; nothing when there is none. */
function heldBack({ available, spendable }: LevelFacts, { unit, t }: SentenceFacts): string[] {
  const steps = (decimal: string) => parseAmount(decimal, unit.scale, { signed: true });
  const rest = steps(available) - steps(spendable);
  return rest > 0n ? [t("heldBack", { credit: printAmount(rest, unit, "balance").text })] : [];
}

function leftOf({ spendable, runway }: LevelFacts, { unit, t }: SentenceFacts): string {
  const left = printDecimal(spendable, unit, "balance").text;
  if (!runway) return t("left", { left });
  const { key, count } = durationOf(runway.days);
  return t("leftFor", { left, lasting: t(`lasting.${key}`, { count }) });
}

/** Nothing can be paid: why. */
function nothingLeft(balance: LevelFacts, facts: SentenceFacts): string[] {
  const { unit, payg: label, t } = facts;
  if (balance.reason === "plan_unpaid") return [t("planUnpaidNow"), ...heldBack(balance, facts)];
  if (balance.debt !== "0") {
    // As the balance below zero that it is, without the sign.
    const owed = printDecimal(`-${balance.debt}`, unit, "balance").text.slice(1);
    return [t("owed", { owed }), t("refusedOwed")];
  }
  if (balance.reason === "payg_disabled") return [t("paygDisabledNow", { label }), ...heldBack(balance, facts)];
  if (balance.reason === "payg_limit") return [t("paygLimitNow", { label }), ...heldBack(balance, facts)];
  return [leftOf({ ...balance, runway: null }, facts), t("refusedNow")];
}

/** The credit for calls that is left, and the consequence, in one to three sentences. */
export function levelSentences(balance: LevelFacts, facts: SentenceFacts): string {
  if (balance.spendable === "0") return nothingLeft(balance, facts).join(" ");
  const { payg: label, t } = facts;
  const left = leftOf(balance, facts);
  if (balance.reason === "plan_unpaid") return [left, t("planUnpaid"), t("refused")].join(" ");
  if (balance.reason === "payg_disabled") {
    return [left, t("paygDisabled", { label }), ...heldBack(balance, facts)].join(" ");
  }
  if (balance.reason === "payg_limit") {
    return [left, t("paygLimit", { label }), ...heldBack(balance, facts)].join(" ");
  }
  return [left, t("refused")].join(" ");
}
