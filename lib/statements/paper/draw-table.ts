/** Draws the rows of tables. */
import type { Cell, Column, Row, Tone } from "./blocks";
import { broken, type Fit, faceOf, HEAD_SIZE, LEAST_NAME_SIZE, LINE, NOTE_GAP, type Place, pointOf } from "./fit";
import { paperFaces } from "./fonts";
import { cut, printable } from "./letters";
import { SHEET, TABLE_HEAD } from "./pages";
import { type Element, type Ink, type Pen, truth } from "./pen";

const HEAD_BASELINE = 13;
/** From the middle of a line to its baseline, of the size. */
const DROP = 0.36;
const INKS: Record<Tone, Ink> = { plain: "black", strong: "black", muted: "grey" };

export type TableFrame = { pen: Pen; columns: readonly Column[]; fit: Fit; height: number };

/** The heads of the columns; those of a further page repeat and are not read aloud. */
export function drawTableHead({ pen, columns, fit }: TableFrame, table: Element | null, y: number): void {
  const { regular } = paperFaces();
  const draw = (column: Column, place: Place) => {
    const text = printable(column.head, regular);
    const right = column.kind === "number" ? place.width - regular.width(text, HEAD_SIZE) : 0;
    const spot = { x: SHEET.left + place.x + right, y: y + HEAD_BASELINE, size: HEAD_SIZE, ink: "grey" as const };
    pen.write(text, spot);
  };
  const each = (by: (column: Column, place: Place) => void) => {
    for (const [index, column] of columns.entries()) {
      const place = fit.places[index];
      if (place) by(column, place);
    }
  };
  if (table) {
    const head = pen.group(table, "THead");
    const row = pen.group(head, "TR");
    each((column, place) => pen.tag(row, "TH", () => draw(column, place), { scope: "Column" }));
    head.end();
  } else pen.artifact("Pagination", () => each(draw));
  pen.artifact("Layout", () => pen.rule(y + TABLE_HEAD, "firm"));
}

function drawNumber({ pen, fit, height }: TableFrame, one: Cell, place: Place, y: number): void {
  const { size, lines } = fit;
  const face = faceOf(one);
  const right = SHEET.left + place.x + place.width;
  const style = { size, ink: INKS[one.tone ?? "plain"], figures: true } as const;
  const name = one.tone === "strong" ? "strong" : "regular";
  const text = printable(one.text, face);
  const middle = y + height / 2 + size * DROP;
  if (lines === 1) {
    const [whole, fraction] = pointOf(text);
    const x = right - place.fraction - face.width(whole, size, true);
    pen.write(whole + fraction, { ...style, face: name, x, y: middle });
    return;
  }
  const parts = broken(text);
  for (const [index, part] of parts.entries()) {
    const down = (index - (parts.length - 1) / 2) * size * LINE;
    pen.write(part, { ...style, face: name, x: right - face.width(part, size, true), y: middle + down });
  }
}

function drawText({ pen, fit, height }: TableFrame, one: Cell, place: Place, y: number, kind: Column["kind"]): void {
  const size = kind === "name" ? Math.max(fit.size, LEAST_NAME_SIZE) : fit.size;
  const face = faceOf(one);
  const x = SHEET.left + place.x;
  const spot = { size, y: y + height / 2 + size * DROP };
  const figures = kind === "fact";
  const text = figures ? printable(one.text, face) : cut(one.text, { face, size, width: place.width });
  const name = one.tone === "strong" ? "strong" : "regular";
  pen.write(text, { ...spot, x, face: name, ink: INKS[one.tone ?? "plain"], figures });
  const used = face.width(text, size) + NOTE_GAP;
  const room = { face: paperFaces().regular, size, width: place.width - used };
  if (one.note && room.width > 4 * size) pen.write(cut(one.note, room), { ...spot, x: x + used, ink: "grey" });
}

/** One row of cells; `header` makes the first the row's name. */
export function drawRow(frame: TableFrame, body: Element, row: Row, y: number, header: boolean): void {
  const { pen, columns, fit } = frame;
  const line = pen.group(body, "TR");
  for (const [index, one] of row.cells.entries()) {
    const [column, place] = [columns[index], fit.places[index]];
    if (!column || !place) continue;
    const draw = () => {
      if (column.kind === "number") drawNumber(frame, one, place, y);
      else if (one.text) drawText(frame, one, place, y, column.kind);
    };
    const options = truth(one.note ? `${one.text} ${one.note}` : one.text);
    if (header && index === 0) pen.tag(line, "TH", draw, { scope: "Row", ...options });
    else pen.tag(line, "TD", draw, options);
  }
  line.end();
}

/** The lines under rows from `y` on. */
export function drawRules({ pen, height }: TableFrame, rows: readonly Row[], y: number): void {
  pen.artifact("Layout", () => {
    for (const [index] of rows.entries()) {
      const next = rows[index + 1];
      pen.rule(y + (index + 1) * height, next?.sum ? "firm" : "hair");
    }
  });
}
