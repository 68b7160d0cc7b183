import { paths } from "./paths";

const NOWHERE = "http://nowhere.invalid";
const LONGEST = 2_000;

/**
 * An address to return to, if it is a page of our own; the overview otherwise. Browsers read `//host`, `/\host` and
 * `/<tab>/host` as addresses of others, so what counts is what a browser would make of it.
 */
export function ownPath(value: unknown): string {
  if (typeof value !== "string" || !value.startsWith("/") || value.length > LONGEST) return paths.overview;
  if (/\p{Cc}/u.test(value)) return paths.overview;
  if (!URL.canParse(value, NOWHERE)) return paths.overview;
  const { origin, pathname, search, hash } = new URL(value, NOWHERE);
  // A path that begins with two slashes would be another's again when it is followed.
  if (origin !== NOWHERE || pathname.startsWith("//")) return paths.overview;
  const loops = pathname === paths.signIn || pathname.startsWith(`${paths.signIn}/`) || pathname.startsWith("/api/");
  return loops ? paths.overview : `${pathname}${search}${hash}`;
}
