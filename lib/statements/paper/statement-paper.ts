/** The PDF of a month's statement, written page by page. */
import { setImmediate } from "node:timers/promises";
import { printDayTime } from "@/lib/kernel/print-time";
import type { Statement } from "../schema";
import { type Block, cell, type Row } from "./blocks";
import { drawFacts, drawFoot, drawHead, drawHeading, drawNote, drawNotice, type Foot } from "./draw-blocks";
import { drawRow, drawRules, drawTableHead, type TableFrame } from "./draw-table";
import { type Fit, fitTable } from "./fit";
import { countPages, type Laid, layBlocks, type Piece, pagesOf, WIDTH } from "./pages";
import { type Element, type Pen, penOf } from "./pen";
import { monthOf, statementBlocks } from "./statement-blocks";
import { type PaperFacts, type Wording, wording } from "./wording";

export type { PaperFacts } from "./wording";
export type PaperLine = { at: Date; what: string; detail: string | null; amount: bigint; balanceAfter: bigint };
/** `lines` are read while the paper is written, pages of any length; `count` is how many they are together. */
export type PaperDetails = { count: number; lines: AsyncIterable<PaperLine[]> };

/** Gives lines in the numbers that pages take. */
function lineReader({ lines }: PaperDetails) {
  const source = lines[Symbol.asyncIterator]();
  let read: PaperLine[] = [];
  let ended = false;
  const more = async () => {
    const next = await source.next();
    ended = next.done === true;
    if (!next.done) read = read.concat(next.value);
  };
  return {
    async take(count: number): Promise<PaperLine[]> {
      while (read.length < count && !ended) await more();
      if (read.length < count) throw new Error("the statement has fewer transactions than were counted");
      const taken = read.slice(0, count);
      read = read.slice(count);
      return taken;
    },
    async finish(): Promise<void> {
      while (read.length === 0 && !ended) await more();
      if (read.length > 0) throw new Error("the statement has more transactions than were counted");
    },
    close: async () => {
      await source.return?.();
    },
  };
}

function rowOf({ statement, amount }: Wording, line: PaperLine): Row {
  const sign = line.amount > 0n ? "+" : "";
  const what = line.detail === null ? cell(line.what) : { ...cell(line.what), note: line.detail };
  const at = printDayTime(line.at, statement.timeZone);
  return { cells: [cell(at), what, cell(sign + amount(line.amount)), cell(amount(line.balanceAfter))] };
}

const DAY_MS = 86_400_000;

/** A row as wide as any time of the month, so that the columns of all pages stand below each other. */
function widestRow({ statement }: Wording): Row {
  const { startsAt, endsAt, timeZone } = statement;
  // More than whole days by an hour: one hour comes twice, and has its offset with it.
  const more = (endsAt.getTime() - startsAt.getTime()) % DAY_MS;
  const offset = more > 0 && more < DAY_MS / 2 ? " (GMT+2)" : "";
  const last = printDayTime(new Date(endsAt.getTime() - 1), timeZone);
  return { cells: [cell(last + offset), cell(""), cell(""), cell("")] };
}

type Open = { table: Element; fit: Fit };
type Writing = { pen: Pen; words: Wording; reader: ReturnType<typeof lineReader>; open: Map<Laid, Open> };

async function drawTable({ pen, words, reader, open }: Writing, piece: Piece): Promise<void> {
  const { laid, y, from, to } = piece;
  const { block } = laid;
  if (block.kind !== "table" && block.kind !== "stream") return;
  const stream = block.kind === "stream";
  const rows = stream ? (await reader.take(to - from)).map((line) => rowOf(words, line)) : block.rows.slice(from, to);
  const before = open.get(laid);
  const frame = { total: WIDTH, oneLine: true, before: before?.fit };
  const fit = laid.fit ?? fitTable(block.columns, [...rows, widestRow(words)], frame);
  const table = before?.table ?? pen.group(pen.root, "Table");
  open.set(laid, { table, fit });
  const drawing: TableFrame = { pen, columns: block.columns, fit, height: laid.row };
  drawTableHead(drawing, before ? null : table, y);
  const body = pen.group(table, "TBody");
  const top = y + laid.height;
  for (const [index, row] of rows.entries()) drawRow(drawing, body, row, top + index * laid.row, !stream);
  drawRules(drawing, rows, top);
  body.end();
  if (to < laid.rows) return;
  table.end();
  open.delete(laid);
}

async function drawPiece(writing: Writing, piece: Piece): Promise<void> {
  const { pen } = writing;
  const { laid, y } = piece;
  const block: Block = laid.block;
  if (block.kind === "head") drawHead(pen, block, laid, y);
  else if (block.kind === "notice") drawNotice(pen, block, laid, y);
  else if (block.kind === "facts") drawFacts(pen, block, laid, y);
  else if (block.kind === "heading") drawHeading(pen, block, y);
  else if (block.kind === "note") drawNote(pen, block, laid, y);
  else await drawTable(writing, piece);
}

function footOf({ t, statement, facts, ...rest }: Wording, page: number, pages: number): Foot {
  const { operator, organization } = facts;
  return {
    left: [operator.name, organization, monthOf({ t, statement, facts, ...rest })].join(" · "),
    below: t("support", { address: operator.support }),
    page: t("footer", { page, pages }),
    mark: statement.state === "closed" ? "" : t("footerPreliminary"),
  };
}

/**
 * The bytes of a statement's PDF. Each page is written when the one before has been taken, so that a long statement
 * needs the memory of a short one. Errors: `lines` are more or fewer than `count`.
 */
export async function* statementPaper(
  statement: Statement,
  facts: PaperFacts,
  details: PaperDetails,
): AsyncGenerator<Uint8Array> {
  const words = wording(statement, facts);
  const { operator, organization, madeAt } = facts;
  const title = words.t("fileTitle", { operator: operator.name, organization, month: monthOf(words) });
  const laid = layBlocks(statementBlocks(words, details.count));
  const pages = countPages(laid);
  const pen = penOf({ title, author: operator.name, madeAt, accent: operator.accent });
  const reader = lineReader(details);
  try {
    let page = 0;
    const open = new Map<Laid, Open>();
    for (const pieces of pagesOf(laid)) {
      page += 1;
      pen.doc.addPage();
      for (const piece of pieces) await drawPiece({ pen, words, reader, open }, piece);
      drawFoot(pen, footOf(words, page, pages));
      pen.endPage();
      yield* pen.take();
      // A page is some milliseconds of work: whatever else the process has to do comes between two.
      await setImmediate();
    }
    await reader.finish();
    pen.end();
    yield* pen.take();
  } finally {
    await reader.close();
  }
}
