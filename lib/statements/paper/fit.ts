/** How wide the columns of a table are, and how large its letters. */
import type { Cell, Column, Row } from "./blocks";
import { type Face, paperFaces } from "./fonts";
import { printable } from "./letters";

export const HEAD_SIZE = 7.5;
const GAP = 12;
export const NOTE_GAP = 6;
const LARGEST = 8.5;
const SMALLEST = 6.5;
const STEP = 0.5;
/** Room for names: as much as they need up to the first, and at least the second. */
const [MOST_NAME, LEAST_NAME] = [150, 96];
/** Where there is room, so that the columns of short tables stand below each other. */
const LEAST_NUMBER = 64;
/** Below this an amount is broken in two rather than made smaller. */
const LONG_AMOUNT = 13;
export const LINE = 1.25;
/** Names stay legible beside long amounts. */
export const LEAST_NAME_SIZE = 7.5;

export type Place = {
  x: number;
  width: number;
  /** Of a number, the room right of its decimal point. */
  fraction: number;
};
/** `lines` is 2 where each amount is broken in two lines. */
export type Fit = { size: number; lines: 1 | 2; places: Place[] };

/** An amount before its decimal point, and from there on. */
export function pointOf(text: string): [whole: string, fraction: string] {
  const at = text.indexOf(".");
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at)];
}

/** An amount in two lines: at its decimal point, else at the middle of its thousands. */
export function broken(text: string): string[] {
  if (text.length <= LONG_AMOUNT) return [text];
  if (text.includes(".")) return pointOf(text);
  const commas = [...text.matchAll(/,/g)].map(({ index }) => index + 1);
  const middle = text.length / 2;
  const [at] = commas.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
  return at === undefined ? [text] : [text.slice(0, at), text.slice(at)];
}

export const faceOf = ({ tone }: Cell): Face => paperFaces()[tone === "strong" ? "strong" : "regular"];

type ColumnSize = { width: number; fraction: number };

function wantedOf(column: Column, cells: readonly Cell[], size: number, lines: 1 | 2): ColumnSize {
  const { regular } = paperFaces();
  const head = regular.width(column.head, HEAD_SIZE);
  let [whole, fraction] = [0, 0];
  for (const one of cells) {
    const face = faceOf(one);
    const text = printable(one.text, face);
    const width = (part: string) => face.width(part, size, true);
    const note = one.note ? NOTE_GAP + width(printable(one.note, face)) : 0;
    if (column.kind !== "number") whole = Math.max(whole, width(text) + note);
    else if (lines === 2) whole = Math.max(whole, ...broken(text).map(width));
    else {
      const [before, after] = pointOf(text);
      whole = Math.max(whole, width(before));
      fraction = Math.max(fraction, width(after));
    }
  }
  const width = Math.max(head, whole + fraction);
  return { width: column.kind === "name" ? Math.min(width, MOST_NAME) : width, fraction };
}

function placesOf(columns: readonly Column[], wanted: readonly ColumnSize[], total: number): Place[] {
  const others = wanted.reduce((sum, { width }, index) => sum + (columns[index]?.kind === "name" ? 0 : width), 0);
  const rest = total - others - GAP * (columns.length - 1);
  let x = 0;
  return wanted.map(({ width, fraction }, index) => {
    const own = columns[index]?.kind === "name" ? rest : width;
    const place = { x, width: own, fraction };
    x += own + GAP;
    return place;
  });
}

type Frame = {
  total: number;
  /** Rows of one fixed height are not broken. */
  oneLine?: boolean;
  /** Columns of numbers are at least this wide. */
  least?: number;
  /** The room for names, in place of what they need. */
  names?: number;
  /** Columns are at least as wide as these: those of the page before. */
  before?: Fit | undefined;
};

function attempt(columns: readonly Column[], rows: readonly Row[], frame: Frame, size: number, lines: 1 | 2) {
  const wanted = columns.map((column, index) => {
    const cells = rows.flatMap((row) => row.cells[index] ?? []);
    const own = wantedOf(column, cells, size, lines);
    if (column.kind === "name") own.width = frame.names ?? own.width;
    if (column.kind === "number") own.width = Math.max(own.width, frame.least ?? 0);
    const before = frame.before?.places[index];
    if (!before || column.kind === "name") return own;
    // Where both have the same decimal point, a table's pages look alike.
    const fraction = Math.max(own.fraction, before.fraction);
    return { fraction, width: Math.max(own.width - own.fraction + fraction, before.width) };
  });
  const room = wanted.reduce((sum, { width }) => sum + width, 0) + GAP * (columns.length - 1);
  return { room, fit: { size, lines, places: placesOf(columns, wanted, frame.total) } satisfies Fit };
}

/** The largest letters with which no amount touches the next; very long ones are broken in two lines. */
export function fitTable(columns: readonly Column[], rows: readonly Row[], frame: Frame): Fit {
  const wide = attempt(columns, rows, { ...frame, least: LEAST_NUMBER }, LARGEST, 1);
  if (wide.room <= frame.total) return wide.fit;
  const ways: (1 | 2)[] = frame.oneLine ? [1] : [1, 2];
  for (const lines of ways) {
    for (let size = LARGEST; size >= SMALLEST; size -= STEP) {
      const { room, fit } = attempt(columns, rows, frame, size, lines);
      if (room <= frame.total) return fit;
    }
  }
  const lines = frame.oneLine ? 1 : 2;
  const alone = { ...frame, before: undefined, names: LEAST_NAME };
  for (let size = SMALLEST - STEP; size > STEP; size -= STEP) {
    const { room, fit } = attempt(columns, rows, alone, size, lines);
    if (room <= frame.total || size <= 2 * STEP) return fit;
  }
  return attempt(columns, rows, alone, STEP, lines).fit;
}

const ROW = 17;

export function rowHeight({ size, lines }: Pick<Fit, "size" | "lines">): number {
  return lines === 1 ? ROW : ROW / 2 + 2 * size * LINE;
}
