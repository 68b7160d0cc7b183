/** The faces of a paper: which letters they have, how wide a text is, and what pdfkit embeds. */
import path from "node:path";
import { type Font, type Glyph, openSync } from "fontkit";
import { perProcess } from "@/lib/platform/holders";

export type FaceName = "regular" | "strong" | "mono";
/** Figures of one width, so that digits stand below each other. */
export const FIGURES = ["tnum"] as const;
const MOST_PAIRS = 10_000;
const EM = 1_000;

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
function quickLayout(font: Font): (text: string, features?: readonly string[]) => Run {
  const known = new Map<string, Glyph>();
  const pairs = new Map<string, number>();
  const glyphOf = (letter: string, figures: boolean): Glyph | undefined => {
    const key = figures ? `${letter}#` : letter;
    const glyph = known.get(key) ?? font.layout(letter, figures ? [...FIGURES] : []).glyphs[0];
    if (glyph) known.set(key, glyph);
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
  return (text, features) => {
    const figures = features?.includes(FIGURES[0]) ?? false;
    const run: Run = { glyphs: [], positions: [], advanceWidth: 0 };
    const letters = [...text];
    for (const [index, letter] of letters.entries()) {
      const glyph = glyphOf(letter, figures);
      if (!glyph) continue;
      const next: string | undefined = letters[index + 1];
      const by = next === undefined || figures ? 0 : kerning(letter, next);
      const xAdvance = glyph.advanceWidth + by;
      run.glyphs.push(glyph);
      run.positions.push({ xAdvance, yAdvance: 0, xOffset: 0, yOffset: 0 });
      run.advanceWidth += xAdvance;
    }
    return run;
  };
}

function openFace(file: string): Face {
  const font = openSync(file) as Font;
  const layout = quickLayout(font);
  const scale = EM / font.unitsPerEm / EM;
  return {
    source: Object.create(font, { layout: { value: layout } }),
    has: (codePoint) => font.hasGlyphForCodePoint(codePoint),
    width: (text, size, figures = false) => layout(text, figures ? FIGURES : []).advanceWidth * scale * size,
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
