/** Texts as a face can print them. */
import type { Face } from "./fonts";

const PLAIN = /^[\x20-\x7e]*$/;
/** Among them the characters that turn the direction of what follows. */
const UNSEEN = /\p{Cf}+/gu;
const SPACE = /[\p{Cc}\p{Z}]+/gu;
const MARK = /\p{M}/u;
const ELLIPSIS = "…";
const letters = new Intl.Segmenter("en", { granularity: "grapheme" });

/** A letter that the face lacks, or that needs a mark placed above or below, is "?": no wrong letter is printed. */
export function printable(text: string, face: Face): string {
  if (PLAIN.test(text)) return text;
  const plain = text.replace(UNSEEN, "").replace(SPACE, " ").normalize("NFC");
  const shown = [...letters.segment(plain)].map(({ segment }) => {
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
