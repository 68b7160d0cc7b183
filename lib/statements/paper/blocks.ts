/** What a paper consists of, from top to bottom, before it is laid on pages. */

export type Tone = "plain" | "strong" | "muted";
/** `note` follows the text in grey. */
export type Cell = { text: string; note?: string; tone?: Tone };
/** A `name` takes the room that is left and is cut; a `fact` has its room; a `number` stands on its decimal point. */
export type Column = { head: string; kind: "name" | "fact" | "number" };
/** `sum` has a line above it. */
export type Row = { cells: Cell[]; sum?: boolean };
export type Fact = { label: string; value: string; face?: "mono" };

export type Block =
  | { kind: "head"; brand: string; title: string; month: string }
  | { kind: "facts"; facts: Fact[] }
  | { kind: "notice"; title: string; text: string }
  | { kind: "heading"; level: 2 | 3; text: string }
  | { kind: "note"; text: string }
  | { kind: "table"; columns: Column[]; rows: Row[] }
  /** Rows that are read while they are written. */
  | { kind: "stream"; columns: Column[]; count: number };

export const cell = (text: string, tone: Tone = "plain"): Cell => ({ text, tone });
