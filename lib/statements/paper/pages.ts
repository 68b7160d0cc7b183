/** Which blocks stand on which page: rows have fixed heights, so the number of pages is known before any is written. */
import type { Block } from "./blocks";
import { type Fit, fitTable, rowHeight } from "./fit";
import { paperFaces } from "./fonts";
import { wrap } from "./letters";

const [A4_WIDTH, A4_HEIGHT] = [595.28, 841.89];
const MARGIN = 52;
export const FOOTER_TOP = A4_HEIGHT - 62;
export const SHEET = { width: A4_WIDTH, height: A4_HEIGHT, left: MARGIN, right: A4_WIDTH - MARGIN, top: MARGIN };
export const WIDTH = SHEET.right - SHEET.left;
const BOTTOM = FOOTER_TOP - 14;
export const TABLE_HEAD = 20;
export const STREAM_ROW = 15;
export const FACT_LABEL = 84;
export const SIZE = { brand: 11, title: 22, notice: 11, text: 9, h2: 12, h3: 9.5, fact: 9, mono: 7.5 };
export const LEADING = 13;
/** A heading, and the head of a table, stand with this many rows at least. */
const FEWEST_ROWS = 3;
/** A table of at most so many rows is not broken. */
const WHOLE_ROWS = 12;
const AFTER_TABLE = 8;

/** A block with what its drawing needs, measured once. */
export type Laid = {
  block: Block;
  height: number;
  space: number;
  lines: string[][];
  fit: Fit | null;
  row: number;
  rows: number;
};
/** A part of a block on a page: of tables the rows `from` to before `to`. */
export type Piece = { laid: Laid; y: number; from: number; to: number };

const NOTICE_INDENT = 12;
const MOST_LINES = 4;
const plain = { lines: [] as string[][], fit: null, row: 0, rows: 0 };

function layOut(block: Block): Laid {
  const { regular, strong, mono } = paperFaces();
  const text = (words: string, size: number, width: number, most = MOST_LINES) =>
    wrap(words, { face: regular, size, width }, most);
  switch (block.kind) {
    case "head": {
      const brand = wrap(block.brand, { face: strong, size: SIZE.brand, width: WIDTH }, 1);
      return { block, ...plain, space: 0, height: 84, lines: [brand] };
    }
    case "notice": {
      const width = WIDTH - NOTICE_INDENT;
      const title = wrap(block.title, { face: strong, size: SIZE.notice, width }, 1);
      const lines = [title, text(block.text, SIZE.text, width)];
      return { block, ...plain, space: 0, height: 22 + LEADING * (lines[1]?.length ?? 0) + 14, lines };
    }
    case "facts": {
      const lines = block.facts.map(({ value, face }) => {
        const [chosen, size] = face ? [mono, SIZE.mono] : [regular, SIZE.fact];
        return wrap(value, { face: chosen, size, width: WIDTH - FACT_LABEL }, 2);
      });
      const height = lines.reduce((sum, { length }) => sum + length * LEADING + 3, 0);
      return { block, ...plain, space: 0, height, lines };
    }
    case "heading":
      return { block, ...plain, space: block.level === 2 ? 24 : 10, height: block.level === 2 ? 22 : 15 };
    case "note": {
      const lines = text(block.text, SIZE.text, WIDTH);
      return { block, ...plain, space: 0, height: LEADING * lines.length + 3, lines: [lines] };
    }
    case "table": {
      const fit = fitTable(block.columns, block.rows, { total: WIDTH });
      return { block, ...plain, space: 0, height: TABLE_HEAD, fit, row: rowHeight(fit), rows: block.rows.length };
    }
    case "stream":
      return { block, ...plain, space: 4, height: TABLE_HEAD, row: STREAM_ROW, rows: block.count };
  }
}

export const layBlocks = (blocks: readonly Block[]): Laid[] => blocks.map(layOut);

/** The least room of a block, with what must stand beside it: a heading does not end a page. */
function leastRoom(all: readonly Laid[], index: number): number {
  const laid = all[index];
  if (!laid) return 0;
  const rows = laid.fit && laid.rows <= WHOLE_ROWS ? laid.rows : Math.min(laid.rows, FEWEST_ROWS);
  const own = laid.space + laid.height + laid.row * rows;
  const { kind } = laid.block;
  const next = all[index + 1]?.block.kind;
  const together = kind === "heading" || (kind === "note" && (next === "stream" || next === "note"));
  return own + (together ? leastRoom(all, index + 1) : 0);
}

/** Page after page, so that a long paper is not held whole. */
export function* pagesOf(all: readonly Laid[]): Generator<Piece[]> {
  let pieces: Piece[] = [];
  let y = SHEET.top;
  for (const [index, laid] of all.entries()) {
    if (pieces.length > 0 && y + leastRoom(all, index) > BOTTOM) {
      yield pieces;
      [pieces, y] = [[], SHEET.top];
    }
    if (pieces.length > 0) y += laid.space;
    let from = 0;
    do {
      const room = laid.row > 0 ? Math.max(1, Math.floor((BOTTOM - y - laid.height) / laid.row)) : 0;
      let to = Math.min(laid.rows, from + room);
      // The last row, often the sum, does not stand alone.
      if (laid.rows - to === 1 && to - from > FEWEST_ROWS) to -= 1;
      pieces.push({ laid, y, from, to });
      y += laid.height + (to - from) * laid.row + (laid.fit ? AFTER_TABLE : 0);
      from = to;
      if (from < laid.rows) {
        yield pieces;
        [pieces, y] = [[], SHEET.top];
      }
    } while (from < laid.rows);
  }
  if (pieces.length > 0) yield pieces;
}

export function countPages(all: readonly Laid[]): number {
  let count = 0;
  for (const _ of pagesOf(all)) count += 1;
  return count;
}
