/** Draws the blocks of a page that are no tables, and its foot. */
import type { Block } from "./blocks";
import { paperFaces } from "./fonts";
import { cut, printable } from "./letters";
import { FACT_LABEL, FOOTER_TOP, type Laid, LEADING, SHEET, SIZE } from "./pages";
import { type Pen, truth } from "./pen";

type Of<Kind extends Block["kind"]> = Extract<Block, { kind: Kind }>;

export function drawHead(pen: Pen, block: Of<"head">, { lines }: Laid, y: number): void {
  const { strong } = paperFaces();
  pen.artifact("Layout", () => pen.bar(SHEET.left, y, 28, 3));
  const brand = lines[0]?.[0] ?? "";
  const spot = { x: SHEET.left, y: y + 20, size: SIZE.brand, face: "strong" } as const;
  pen.tag(pen.root, "P", () => pen.write(brand, spot), truth(block.brand, "strong"));
  pen.tag(pen.root, "H1", () => {
    const title = { x: SHEET.left, y: y + 58, size: SIZE.title, face: "strong" } as const;
    pen.write(`${block.title} `, title);
    const after = strong.width(`${block.title} `, SIZE.title);
    pen.write(block.month, { ...title, x: SHEET.left + after, ink: "grey" });
  });
}

function drawLines(pen: Pen, lines: readonly string[], y: number, x = SHEET.left): void {
  for (const [index, line] of lines.entries()) {
    pen.write(index < lines.length - 1 ? `${line} ` : line, { x, y: y + index * LEADING, size: SIZE.text });
  }
}

export function drawNotice(pen: Pen, block: Of<"notice">, { lines, height }: Laid, y: number): void {
  pen.artifact("Layout", () => pen.bar(SHEET.left, y, 2, height - 16));
  const x = SHEET.left + 12;
  const [title = [], text = []] = lines;
  const spot = { x, y: y + 11, size: SIZE.notice, face: "strong" } as const;
  pen.tag(pen.root, "P", () => pen.write(title[0] ?? "", spot), truth(block.title, "strong"));
  pen.tag(pen.root, "P", () => drawLines(pen, text, y + 28, x), truth(block.text));
}

export function drawFacts(pen: Pen, block: Of<"facts">, { lines }: Laid, y: number): void {
  const table = pen.group(pen.root, "Table");
  let baseline = y + 9;
  for (const [index, fact] of block.facts.entries()) {
    const row = pen.group(table, "TR");
    const label = { x: SHEET.left, y: baseline, size: SIZE.fact, ink: "grey" } as const;
    pen.tag(row, "TH", () => pen.write(fact.label, label), { scope: "Row" });
    const [face, size] = fact.face ? (["mono", SIZE.mono] as const) : (["regular", SIZE.fact] as const);
    const own = lines[index] ?? [];
    const draw = () => {
      for (const [at, line] of own.entries()) {
        pen.write(line, { x: SHEET.left + FACT_LABEL, y: baseline + at * LEADING, size, face });
      }
    };
    pen.tag(row, "TD", draw, truth(fact.value, face));
    baseline += own.length * LEADING + 3;
  }
  table.end();
}

export function drawHeading(pen: Pen, { level, text }: Of<"heading">, y: number): void {
  const size = level === 2 ? SIZE.h2 : SIZE.h3;
  const spot = { x: SHEET.left, y: y + (level === 2 ? 11 : 10), size, face: "strong" } as const;
  pen.tag(pen.root, `H${level}`, () => pen.write(text, spot), truth(text, "strong"));
}

export function drawNote(pen: Pen, block: Of<"note">, { lines }: Laid, y: number): void {
  pen.tag(pen.root, "P", () => drawLines(pen, lines[0] ?? [], y + 9), truth(block.text));
}

export type Foot = { left: string; below: string; page: string; mark: string };

/** Two lines under a rule: whose statement this is, and where in it the page stands. */
export function drawFoot(pen: Pen, { left, below, page, mark }: Foot): void {
  const { regular } = paperFaces();
  const size = 7.5;
  const style = { size, ink: "grey", figures: false } as const;
  const right = (text: string, y: number) => {
    const shown = printable(text, regular);
    pen.write(shown, { ...style, x: SHEET.right - regular.width(shown, size), y });
  };
  const width = SHEET.right - SHEET.left - 110;
  pen.artifact("Pagination", () => {
    pen.rule(FOOTER_TOP, "hair");
    pen.write(cut(left, { face: regular, size, width }), { ...style, x: SHEET.left, y: FOOTER_TOP + 14 });
    pen.write(cut(below, { face: regular, size, width }), { ...style, x: SHEET.left, y: FOOTER_TOP + 25 });
    right(page, FOOTER_TOP + 14);
    if (mark) right(mark, FOOTER_TOP + 25);
  });
}
