import { type Entry, sumEntries } from "./entry-sums";
import { exactly, partsOf, type Setting } from "./grant-labels";

/** Whose credit a call used, in words: one or two sentences; none when it used nothing. */
export function usedSentences(entries: readonly Entry[], setting: Setting): string[] {
  const { lost, becameDebt } = sumEntries(entries, setting.unit.scale);
  const { t } = setting;
  if (lost.length === 0 && becameDebt) return [t("used.onlyDebt", { amount: exactly(becameDebt, setting) })];
  if (lost.length === 0) return [];
  const used = t("used.credit", { parts: partsOf(lost, setting) });
  return becameDebt ? [used, t("used.debt", { amount: exactly(becameDebt, setting) })] : [used];
}
