/** The sections of a statement about usage and about the credit that is left. */
import { printCount } from "@/lib/kernel/print-amount";
import { printDate } from "@/lib/kernel/print-time";
import type { StatementGrant, UsageLine } from "../schema";
import { type Block, cell } from "./blocks";
import type { Wording } from "./wording";

type Dimension = "model" | "endpoint" | "key" | "member";

function usageTable(words: Wording, dimension: Dimension, lines: readonly UsageLine[]): Block[] {
  const { t, amount } = words;
  const named = (line: UsageLine) => line.name ?? line.id;
  // One line without a name says no more than the sum.
  if (lines.length === 0 || (lines.length === 1 && lines.every((line) => named(line) === null))) return [];
  const rows = lines.map((line) => {
    const name = named(line);
    const first = name === null ? cell(t(`usage.unnamed.${dimension}`), "muted") : cell(name);
    return { cells: [first, cell(printCount(line.calls.toString())), cell(amount(line.cost))] };
  });
  const calls = lines.reduce((sum, line) => sum + line.calls, 0n);
  const cost = lines.reduce((sum, line) => sum + line.cost, 0n);
  const total = [t("usage.total"), printCount(calls.toString()), amount(cost)].map((text) => cell(text, "strong"));
  return [
    { kind: "heading", level: 3, text: t(`usage.${dimension}`) },
    {
      kind: "table",
      columns: [
        { head: t(`usage.name.${dimension}`), kind: "name" },
        { head: t("usage.calls"), kind: "number" },
        { head: t("usage.cost"), kind: "number" },
      ],
      rows: [...rows, { cells: total, sum: true }],
    },
  ];
}

export function usageBlocks(words: Wording): Block[] {
  const { t, statement, spoken } = words;
  const { usage } = statement;
  const heading: Block = { kind: "heading", level: 2, text: t("usage.title") };
  const sentence = (key: "all" | "earlier", { calls, cost }: { calls: bigint; cost: bigint }): Block => {
    const count = printCount(calls.toString());
    return { kind: "note", text: t(`usage.${key}`, { calls: Number(calls), count, cost: spoken(cost) }) };
  };
  if (usage.calls === 0n && usage.cost === 0n) return [heading, { kind: "note", text: t("usage.none") }];
  const { earlier } = usage;
  return [
    heading,
    sentence("all", usage),
    ...(earlier.calls === 0n && earlier.cost === 0n ? [] : [sentence("earlier", earlier)]),
    ...usageTable(words, "model", usage.byModel),
    ...usageTable(words, "endpoint", usage.byEndpoint),
    ...usageTable(words, "key", usage.byKey),
    ...usageTable(words, "member", usage.byMember),
  ];
}

/** A source that no word is known for is shown as it is. */
function sourceOf({ t, facts }: Wording, { source }: StatementGrant): string {
  if (source === "operator") return facts.operator.name;
  if (source === "auto_top_up") return facts.labels.autoTopUp;
  return t.has(`source.${source}` as "source.plan") ? t(`source.${source}` as "source.plan") : source;
}

export function grantBlocks(words: Wording): Block[] {
  const { t, kindOf, statement, amount } = words;
  const { grants, timeZone } = statement;
  const title = statement.state === "running" ? t("grants.now") : t("grants.title");
  const heading: Block = { kind: "heading", level: 2, text: title };
  if (grants.length === 0) return [heading, { kind: "note", text: t("grants.none") }];
  const day = (at: Date) => printDate(at, timeZone);
  const rows = grants.map((grant) => ({
    cells: [
      cell(kindOf(grant.kind)),
      cell(sourceOf(words, grant)),
      cell(day(grant.createdAt)),
      grant.expiresAt ? cell(day(grant.expiresAt)) : cell(t("grants.never"), "muted"),
      cell(amount(grant.remaining)),
      cell(amount(grant.amount), "muted"),
    ],
  }));
  const left = grants.reduce((sum, { remaining }) => sum + remaining, 0n);
  const total = [t("grants.total"), "", "", "", amount(left), ""].map((text) => cell(text, "strong"));
  return [
    heading,
    {
      kind: "table",
      columns: [
        { head: t("grants.kind"), kind: "fact" },
        { head: t("grants.source"), kind: "name" },
        { head: t("grants.given"), kind: "fact" },
        { head: t("grants.expires"), kind: "fact" },
        { head: t("grants.remaining"), kind: "number" },
        { head: t("grants.of"), kind: "number" },
      ],
      rows: rows.length > 1 ? [...rows, { cells: total, sum: true }] : rows,
    },
  ];
}
