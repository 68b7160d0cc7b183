/** The corpus as data: YAML files by theme, checked, spread out over their `each` and filled with the names of the subjects. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const FOLDER = path.join(import.meta.dirname, "cases");
const header = z.union([z.string(), z.array(z.string()), z.null()]);

const schema = z.strictObject({
  name: z.string(),
  /** `METHOD /path`, sent as it stands. */
  send: z.string().regex(/^\S+ .+$/s),
  /** The name of a credential among the subjects, `none`, or a whole Authorization header's value. */
  as: z.string().default("gateway"),
  /** A right body of this operation, changed by `with`; a value of `{drop}` leaves the field out. */
  base: z.enum(["hold", "settle", "release", "extend", "refund", "none"]).default("none"),
  with: z.record(z.string(), z.unknown()).default({}),
  /** The whole body as JSON, as text, or as bytes in hexadecimal. */
  body: z.unknown().optional(),
  text: z.string().optional(),
  /** Fields of a form, sent as multipart/form-data. */
  form: z.record(z.string(), z.string()).optional(),
  hex: z.string().optional(),
  /** Several values are sent as several fields; null leaves out what is sent by itself. */
  headers: z.record(z.string(), header).default({}),
  /** What stands on the wire instead of all that, line ends and credential included. */
  raw: z.string().optional(),
  /** One request for each; `{each}` is its value, or its text within a longer text. */
  each: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]).optional(),
  status: z.int(),
  /** The problem's or the dialect's code; `page` is a page of the portal, `none` what parser or framework said. */
  code: z.string().optional(),
  /** Of a batch: each item's status and code. */
  results: z.array(z.string()).optional(),
  /** Part of the answer's text, or what must not be in it. */
  says: z.string().optional(),
  hides: z.string().optional(),
  /** Where the answer sends the reader. */
  location: z.string().optional(),
  /** The answer gives a session; no other may. */
  signsIn: z.boolean().default(false),
  changes: z.boolean().default(false),
});
export type Case = z.output<typeof schema> & { theme: string };
export type Subjects = Record<string, string>;

const LONGEST_LABEL = 80;
const short = (text: string) => (text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL)}…` : text);

function put(value: unknown, each: unknown): unknown {
  if (value === "{each}") return each;
  if (typeof value === "string") {
    return value.includes("{each}")
      ? value.replaceAll("{each}", typeof each === "string" ? each : JSON.stringify(each))
      : value;
  }
  if (Array.isArray(value)) return value.map((inner) => put(inner, each));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [String(put(key, each)), put(inner, each)]));
}

function spread(raw: Record<string, unknown>): unknown[] {
  const { each, ...one } = raw;
  if (each === undefined || each === null) return [one];
  const named: [string, unknown][] = Array.isArray(each)
    ? each.map((value) => [short(JSON.stringify(value)), value])
    : Object.entries(each);
  return named.map(([label, value]) => ({ ...(put(one, value) as object), name: `${String(one.name)}: ${label}` }));
}

/** Every case of the named themes' files, in their order. */
export function readCases(wanted: (theme: string) => boolean): Case[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith(".yaml") && wanted(path.basename(file, ".yaml")));
  return files.sort().flatMap((file) => {
    const theme = path.basename(file, ".yaml");
    const list = parse(readFileSync(path.join(FOLDER, file), "utf8")) as Record<string, unknown>[];
    return list.flatMap(spread).map((one, index) => {
      const result = schema.safeParse(one);
      if (!result.success) throw new Error(`${file}, case ${index + 1}: ${z.prettifyError(result.error)}`);
      return { ...result.data, theme };
    });
  });
}

const PLACE = /\{([a-zA-Z]\w*)(?: ([^{}]*))?\}/g;

/** `{key}` is the subject of that name; `{times x 9}` repeats, `{b64 text}` encodes. Other braces stay as they are. */
export function fill(text: string, subjects: Subjects): string {
  return text.replace(PLACE, (whole, name: string, rest: string | undefined) => {
    if (name === "times" && rest) {
      const [, what = "", count = "0"] = /^(.*) (\d+)$/s.exec(rest) ?? [];
      return what.repeat(Number(count));
    }
    if (name === "b64" && rest) return Buffer.from(rest).toString("base64url");
    return subjects[name] ?? whole;
  });
}

/** The same in every text within. */
export function fillAll(value: unknown, subjects: Subjects): unknown {
  if (typeof value === "string") return fill(value, subjects);
  if (Array.isArray(value)) return value.map((inner) => fillAll(inner, subjects));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [fill(key, subjects), fillAll(inner, subjects)]),
  );
}
