/** The faces of a paper: which letters they have, how wide a text is, and what pdfkit embeds. */
import path from "node:path";
import { type Font, type Glyph, openSync } from "fontkit";
import { perProcess } from "@/lib/platform/holders";

export type FaceName = "regular" | "strong" | "mono";
/** Figures of one width, so that digits stand below each other. */
export const FIGURES = ["tnum"] as const;
const MOST_PAIRS = 10_000;

type Advance = { xAdvance: number; yAdvance: number; xOffset: number; yOffset: number };
type Run = { glyphs: Glyph[]; positions: Advance[]; advanceWidth: number };

export type Face = {
  /** What pdfkit embeds: a font of fontkit, whose layout is quicker. */
  source: Font;
  has: (codePoint: number) => boolean;
  /** The width in points. */
  width: (text: string, size: number, figures?: boolean) => number;
};

/**
 * Glyph by glyph with kerning, each glyph and pair looked up once. fontkit's own layout takes 0.4 ms a cell, which is a
 * minute for the papers of large customers; ligatures and marks, which it adds, no text here needs.
 */
function quickLayout(font: Font) {
  const known = [new Map<string, Glyph>(), new Map<string, Glyph>()] as const;
  const pairs = new Map<string, number>();
  const glyphOf = (letter: string, figures: boolean): Glyph => {
    const glyphs = known[figures ? 1 : 0];
    const kept = glyphs.get(letter);
    if (kept) return kept;
    const glyph = font.layout(letter, figures ? [...FIGURES] : []).glyphs[0] ?? font.getGlyph(0);
    glyphs.set(letter, glyph);
    return glyph;
  };
  const kerning = (first: string, second: string): number => {
    const pair = first + second;
    const kept = pairs.get(pair);
    if (kept !== undefined || pairs.size >= MOST_PAIRS) return kept ?? 0;
    const { positions, glyphs } = font.layout(pair, { liga: false });
    const by = glyphs.length === 2 ? (positions[0]?.xAdvance ?? 0) - (glyphs[0]?.advanceWidth ?? 0) : 0;
    pairs.set(pair, by);
    return by;
  };
  /** Calls `each` with every glyph and how far the next is from it; returns how long all are. */
  return (text: string, figures: boolean, each?: (glyph: Glyph, advance: number) => void): number => {
    let length = 0;
    let before = "";
    let last: Glyph | null = null;
    const end = (by: number) => {
      if (!last) return;
      length += last.advanceWidth + by;
      each?.(last, last.advanceWidth + by);
    };
    for (const letter of text) {
      end(before && !figures ? kerning(before, letter) : 0);
      last = glyphOf(letter, figures);
      before = letter;
    }
    end(0);
    return length;
  };
}

function openFace(file: string): Face {
  const font = openSync(file) as Font;
  const walk = quickLayout(font);
  const layout = (text: string, features?: readonly string[]): Run => {
    const run: Run = { glyphs: [], positions: [], advanceWidth: 0 };
    run.advanceWidth = walk(text, features?.includes(FIGURES[0]) ?? false, (glyph, xAdvance) => {
      run.glyphs.push(glyph);
      run.positions.push({ xAdvance, yAdvance: 0, xOffset: 0, yOffset: 0 });
    });
    return run;
  };
  return {
    source: Object.create(font, { layout: { value: layout } }),
    has: (codePoint) => font.hasGlyphForCodePoint(codePoint),
    width: (text, size, figures = false) => (walk(text, figures) * size) / font.unitsPerEm,
  };
}

// Written out, so that the files are seen by whatever collects a build's files.
const files: Record<FaceName, () => string> = {
  regular: () => path.join(process.cwd(), "node_modules/geist/dist/fonts/geist-sans/Geist-Regular.ttf"),
  strong: () => path.join(process.cwd(), "node_modules/geist/dist/fonts/geist-sans/Geist-SemiBold.ttf"),
  mono: () => path.join(process.cwd(), "node_modules/geist/dist/fonts/geist-mono/GeistMono-Regular.ttf"),
};
const held = perProcess<Record<FaceName, Face>>("paperFaces");

export function paperFaces(): Record<FaceName, Face> {
  return held.ensure(() => ({
    regular: openFace(files.regular()),
    strong: openFace(files.strong()),
    mono: openFace(files.mono()),
  }));
}
