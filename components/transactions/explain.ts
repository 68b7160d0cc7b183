import type { useTranslations } from "next-intl";
import { type EntrySums, type Part, sumEntries } from "@/components/ledger/entry-sums";
import { exactly, grantName, partsOf, printDay, type Setting } from "@/components/ledger/grant-labels";
import { usedSentences } from "@/components/ledger/used";
import { printList } from "@/lib/kernel/locale";
import { formatAmount, parseAmount } from "@/lib/kernel/money";
import type { TransactionDetail } from "@/lib/ledger/schema";

export type Explaining = Setting & { explain: ReturnType<typeof useTranslations<"transactions.explain">> };
type ExplainedTransaction = Pick<TransactionDetail, "type" | "postedAt" | "entries">;

function less(whole: string, part: string, scale: number): string {
  return formatAmount(parseAmount(whole, scale) - parseAmount(part, scale), scale);
}

/** "$0.10 to the subscription quota of November and $0.093 to the account funds of 3 November". */
function partsTo(parts: readonly Part[], setting: Explaining): string {
  return printList(
    parts.map(({ amount, grant }) =>
      setting.explain("partTo", { amount: exactly(amount, setting), grant: grantName(grant, setting) }),
    ),
  );
}

/** New credit: its amount and name, the debt that it paid, and its expiry. */
function given(key: "purchase" | "grant" | "renewal" | "reinstated", sums: EntrySums, setting: Explaining): string[] {
  const { explain, unit } = setting;
  return sums.gained.flatMap(({ amount, grant }) => {
    const said = [explain(key, { amount: exactly(amount, setting), grant: grantName(grant, setting) })];
    if (sums.paidDebt) {
      const rest = less(amount, sums.paidDebt, unit.scale);
      const values = { amount: exactly(sums.paidDebt, setting), rest: exactly(rest, setting) };
      said.push(explain(rest === "0" ? "allPaidDebt" : "paidDebtAtOnce", values));
      if (rest === "0") return said;
    }
    const until = grant.expiresAt;
    said.push(until ? explain("usableUntil", { day: printDay(until, setting) }) : explain("neverExpires"));
    return said;
  });
}

/** The grants that a refund credited. Credit that cannot return to its grant becomes a new grant. */
function returned({ postedAt }: ExplainedTransaction, sums: EntrySums, setting: Explaining): string[] {
  const { explain } = setting;
  const isNew = ({ grant }: Part) => grant.source === "refund" && grant.createdAt === postedAt;
  const back = sums.gained.filter((part) => !isNew(part));
  const said = back.length > 0 ? [explain("refund", { parts: partsTo(back, setting) })] : [];
  if (sums.paidDebt) said.push(explain("refundPaidDebt", { amount: exactly(sums.paidDebt, setting) }));
  for (const { amount, grant } of sums.gained.filter(isNew)) {
    const day = grant.expiresAt && printDay(grant.expiresAt, setting);
    const exact = exactly(amount, setting);
    said.push(day ? explain("refundIsNewUntil", { amount: exact, day }) : explain("refundIsNew", { amount: exact }));
  }
  return said;
}

function expired({ postedAt }: ExplainedTransaction, sums: EntrySums, setting: Explaining): string[] {
  return sums.lost.map((part) =>
    setting.explain("expiry", {
      part: partsOf([part], setting),
      day: printDay(part.grant.expiresAt ?? postedAt, setting),
    }),
  );
}

function clawback(sums: EntrySums, setting: Explaining): string[] {
  const { explain } = setting;
  const said = sums.lost.length > 0 ? [explain("clawback", { parts: partsOf(sums.lost, setting) })] : [];
  if (sums.becameDebt) {
    const amount = exactly(sums.becameDebt, setting);
    said.push(said.length > 0 ? explain("clawbackDebt", { amount }) : explain("clawbackOnlyDebt", { amount }));
  }
  return said;
}

function adjusted(sums: EntrySums, setting: Explaining): string[] {
  const { explain } = setting;
  if (sums.paidDebt && sums.gained.length === 0) {
    const amount = exactly(sums.paidDebt, setting);
    return sums.lost.length > 0
      ? [explain("debtPaidFrom", { amount, parts: partsOf(sums.lost, setting) })]
      : [explain("debtForgiven", { amount })];
  }
  const reinstated = sums.gained.some(({ grant }) => grant.source === "reinstated");
  if (sums.gained.length > 0) return given(reinstated ? "reinstated" : "grant", sums, setting);
  const said = sums.lost.length > 0 ? [explain("adjustmentTook", { parts: partsOf(sums.lost, setting) })] : [];
  if (sums.becameDebt) said.push(explain("becameDebt", { amount: exactly(sums.becameDebt, setting) }));
  return said;
}

/** Where every part of a transaction came from or went to, in sentences: read from its entries alone. */
export function explainTransaction(transaction: ExplainedTransaction, setting: Explaining): string[] {
  const sums = sumEntries(transaction.entries, setting.unit.scale);
  switch (transaction.type) {
    case "deduction":
      return usedSentences(transaction.entries, setting);
    case "purchase":
    case "grant":
    case "renewal":
      return given(transaction.type, sums, setting);
    case "refund":
      return returned(transaction, sums, setting);
    case "expiry":
      return expired(transaction, sums, setting);
    case "clawback":
      return clawback(sums, setting);
    case "adjustment":
      return adjusted(sums, setting);
  }
}
