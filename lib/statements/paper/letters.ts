/** Texts as a face can print them. */
import { perObject } from "@/lib/platform/holders";
import type { Face } from "./fonts";

/** Among them the characters that turn the direction of what follows. */
const UNSEEN = /\p{Cf}+/gu;
const SPACE = /[\p{Cc}\p{Z}]+/gu;
/** What is printed as it is where the face has it. */
const PLAIN = /^[ \p{L}\p{N}\p{P}\p{S}]$/u;
const MARK = /\p{M}/u;
const ELLIPSIS = "…";
const letters = new Intl.Segmenter("en", { granularity: "grapheme" });
/** For each face the letters that are known to be plain: at most as many as it has. */
const plainOf = perObject<Face, Set<string>>(() => new Set());

function allPlain(text: string, face: Face): boolean {
  const plain = plainOf(face);
  for (const letter of text) {
    if (plain.has(letter)) continue;
    if (!PLAIN.test(letter) || !face.has(letter.codePointAt(0) ?? 0)) return false;
    plain.add(letter);
  }
  return true;
}

/** A letter that the face lacks, or that needs a mark placed above or below, is "?": no wrong letter is printed. */
export function printable(text: string, face: Face): string {
  if (allPlain(text, face)) return text;
  const seen = text.replace(UNSEEN, "").replace(SPACE, " ").normalize("NFC");
  const shown = [...letters.segment(seen)].map(({ segment }) => {
    const known = [...segment].every((letter) => face.has(letter.codePointAt(0) ?? 0));
    return known && !MARK.test(segment) ? segment : "?";
  });
  return shown.join("");
}

type Room = { face: Face; size: number; width: number };

/** The text where it fits, else its beginning with an ellipsis. */
export function cut(text: string, { face, size, width }: Room): string {
  const whole = printable(text, face);
  if (face.width(whole, size) <= width) return whole;
  const all = [...whole];
  let [fits, tooMany] = [0, all.length];
  while (fits + 1 < tooMany) {
    const middle = (fits + tooMany) >> 1;
    if (face.width(all.slice(0, middle).join("").trimEnd() + ELLIPSIS, size) <= width) fits = middle;
    else tooMany = middle;
  }
  return all.slice(0, fits).join("").trimEnd() + ELLIPSIS;
}

/** The text in lines of whole words, the last one cut. */
export function wrap(text: string, room: Room, most: number): string[] {
  const words = printable(text, room.face).split(" ").filter(Boolean);
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    const longer = line ? `${line} ${word}` : word;
    if (line && lines.length < most - 1 && room.face.width(longer, room.size) > room.width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((one) => cut(one, room));
}
