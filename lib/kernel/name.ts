/** Names that people type: of organizations, keys, gateway secrets. Other texts are refused; old rows stay. */
import { z } from "zod";

const LONGEST = 120;

/** A pictograph's own presentation sign is the one invisible character that a name may hold. */
const PICTOGRAPH = /(\p{Extended_Pictographic})\uFE0F/gu;
/** Control characters, line separators, and characters that are invisible or reverse the writing direction. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;
const EVERY_UNSEEN = new RegExp(UNSEEN, "gu");
/** A dot between a name and letters, as in "example.com"; other scripts' dots are read as one by browsers. */
const DOMAIN_DOT = /(?<=[\p{L}\p{N}_-])[.\u3002\uFF0E\uFF61](?=\p{L}{2})/u;
const ADDRESS = new RegExp(`://|(?<![\\p{L}\\p{N}])www\\.|${DOMAIN_DOT.source}`, "iu");

/** One form of each letter, and plain spaces. */
function tidy(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\p{Zs}+/gu, " ")
    .trim();
}

/** Whether a mail program would make a link of it. */
export function readsAsAddress(text: string): boolean {
  return ADDRESS.test(text.normalize("NFKC"));
}

export function hasUnseen(text: string): boolean {
  return UNSEEN.test(text.replace(PICTOGRAPH, "$1"));
}

export const nameField = z
  .string()
  .refine((text) => text.isWellFormed(), { error: "must be well-formed text" })
  .overwrite(tidy)
  .min(1)
  .max(LONGEST)
  .refine((text) => !hasUnseen(text), { error: "must not hold invisible, control or direction-changing characters" })
  .refine((text) => !readsAsAddress(text), {
    error: 'must not read as an address: leave out "://", "www." and dots between letters',
  });

/** Makes a name of any text: for names from others, and for names in mails that are older than these rules. */
export function plainName(text: string): string {
  const seen = text.toWellFormed().normalize("NFKC").replace(PICTOGRAPH, "$1").replace(EVERY_UNSEEN, " ");
  const broken = seen
    .replaceAll("://", " ")
    .replace(/(?<![\p{L}\p{N}])www\./giu, "www ")
    .replace(new RegExp(DOMAIN_DOT, "gu"), " ");
  return Array.from(tidy(broken)).slice(0, LONGEST).join("").trim();
}
