/** The blocks of a month's statement. */
import { printCount } from "@/lib/kernel/print-amount";
import { printDate, printFullTime, printIntervalLong } from "@/lib/kernel/print-time";
import { STATEMENT_CREDITS } from "../schema";
import { type Block, type Cell, type Column, cell, type Fact, type Row } from "./blocks";
import { grantBlocks, usageBlocks } from "./sections";
import type { Wording } from "./wording";

const COLUMNS = [...STATEMENT_CREDITS, "total"] as const;

export function monthOf({ statement }: Wording): string {
  return printIntervalLong(statement.startsAt, "month", statement.timeZone);
}

function factsOf(words: Wording): Fact[] {
  const { t, statement, facts } = words;
  const { timeZone } = statement;
  const day = (at: Date) => printDate(at, timeZone);
  const last = new Date(statement.endsAt.getTime() - 1);
  const closed = statement.state === "closed";
  const { kind, code, plural } = facts.unit;
  const shown: Fact[] = [
    { label: t("organization"), value: facts.organization },
    { label: t("period"), value: t("dates", { first: day(statement.startsAt), last: day(last), timeZone }) },
    { label: t("state"), value: closed ? t("closed", { day: day(statement.closesAt) }) : t("open") },
    { label: t("unit"), value: t("in", { unit: kind === "currency" ? code : plural }) },
  ];
  if (!closed) shown.push({ label: t("made"), value: printFullTime(facts.madeAt, timeZone) });
  if (statement.hash) shown.push({ label: t("hash"), value: statement.hash, face: "mono" });
  return shown;
}

function noticeOf({ t, statement, facts }: Wording): Block[] {
  if (statement.state === "closed") return [];
  const day = printDate(statement.closesAt, statement.timeZone);
  const made = printFullTime(facts.madeAt, statement.timeZone);
  const { label } = facts;
  const text = statement.state === "running" ? t("running", { made, day, label }) : t("ended", { day, label });
  return [{ kind: "notice", title: t("preliminary"), text }];
}

function summaryOf({ t, typeOf, kindOf, statement, amount }: Wording): Block[] {
  const { opening, closing, movements, reserved } = statement;
  const all = [opening, closing, ...movements.map(({ amounts }) => amounts)];
  const shown = COLUMNS.filter((name) => name === "total" || all.some((amounts) => amounts[name] !== 0n));
  const row = (label: string, amounts: typeof opening, strong = false): Row => {
    const tone = (name: (typeof COLUMNS)[number]) => {
      if (amounts[name] === 0n) return "muted";
      return strong || name === "total" ? "strong" : "plain";
    };
    const cells = shown.map((name): Cell => ({ text: amount(amounts[name]), tone: tone(name) }));
    return { cells: [cell(label, strong ? "strong" : "plain"), ...cells], sum: label === t("summary.closing") };
  };
  const rows = [row(t("summary.opening"), opening, true)];
  for (const { type, amounts } of movements) rows.push(row(typeOf(type), amounts));
  rows.push(row(t("summary.closing"), closing, true));
  if (reserved !== 0n) {
    const empty = shown.slice(1).map(() => cell(""));
    rows.push({ cells: [cell(t("summary.reserved"), "muted"), ...empty, cell(amount(reserved), "muted")] });
  }
  const columns: Column[] = [
    { head: t("summary.movement"), kind: "name" },
    ...shown.map((name): Column => ({ head: kindOf(name), kind: "number" })),
  ];
  return [
    { kind: "heading", level: 2, text: t("summary.title") },
    { kind: "table", columns, rows },
  ];
}

function detailsOf({ t, statement }: Wording, count: number): Block[] {
  const heading: Block = { kind: "heading", level: 2, text: t("details.title") };
  if (count === 0) return [heading, { kind: "note", text: t("details.none") }];
  const columns: Column[] = [
    { head: t("details.at"), kind: "fact" },
    { head: t("details.what"), kind: "name" },
    { head: t("details.amount"), kind: "number" },
    { head: t("details.after"), kind: "number" },
  ];
  const text = t("details.count", { count, shown: printCount(count), timeZone: statement.timeZone });
  return [heading, { kind: "note", text }, { kind: "stream", columns, count }];
}

/** `count` transactions follow at the end. */
export function statementBlocks(words: Wording, count: number): Block[] {
  const { t, facts } = words;
  return [
    { kind: "head", brand: facts.operator.name, title: t("title"), month: monthOf(words) },
    ...noticeOf(words),
    { kind: "facts", facts: factsOf(words) },
    ...summaryOf(words),
    ...usageBlocks(words),
    ...grantBlocks(words),
    ...detailsOf(words, count),
  ];
}
