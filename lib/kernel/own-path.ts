import { paths } from "./paths";

const NOWHERE = "http://nowhere.invalid";
const LONGEST = 2_000;

/**
 * An address to return to, if it is a page of our own; the overview otherwise. Browsers read `//host`, `/\host` and
 * `/<tab>/host` as addresses of others, so what counts is what a browser would make of it.
 */
export function ownPath(value: unknown): string {
  if (typeof value !== "string" || !value.startsWith("/") || value.length > LONGEST) return paths.start;
  if (/\p{Cc}/u.test(value)) return paths.start;
  if (!URL.canParse(value, NOWHERE)) return paths.start;
  const { origin, pathname, search, hash } = new URL(value, NOWHERE);
  // A path that starts with two slashes would be another's again when it is followed.
  if (origin !== NOWHERE || pathname.startsWith("//")) return paths.start;
  const loops = pathname === paths.signIn || pathname.startsWith(`${paths.signIn}/`) || pathname.startsWith("/api/");
  return loops ? paths.start : `${pathname}${search}${hash}`;
}
