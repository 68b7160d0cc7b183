/** The words of the product, as a test: docs/glossary.md bans synonyms, and no text of ours uses one. */
import { expect, it } from "vitest";
import { titlesOf } from "./setup/titles";
import { readTree, type SourceFile } from "./setup/tree";

const GLOSSARY = "docs/glossary.md";
/** This file shows banned words. */
const OWN = "tests/tidy-words.test.ts";
const tree = readTree();

/** The last column of each table of the glossary: words that are banned, separated by commas. */
function bannedWords(text: string): string[] {
  const rows = text.split("\n").filter((line) => /^\|(?! ---| term | write )/.test(line));
  return rows.flatMap((row) => (row.split("|").at(-2) ?? "").split(",")).flatMap((word) => word.trim() || []);
}

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return Object.values(value as Record<string, unknown>).flatMap(textsOf);
}

const COMMENT = /\/\*[\s\S]*?\*\/|(?:^|\s)\/\/.*$/gm;
const SQL_COMMENT = /(?<=^|\s)--\s.*$/gm;
const CODE = /^(?:app|bench|components|e2e|lib|prisma|sandbox|scripts|server|tests)\/.*\.(?:tsx?|mjs|prisma)$/;
/** Landed migrations never change, and the dump is PostgreSQL's text. */
const SQL = /^prisma\/(?:checks|functions)\/.*\.sql$/;

/** The texts that people read: the portal's, documents, titles of tests, and comments of code and SQL. */
function proseOf({ name, text }: SourceFile): string {
  if (name === GLOSSARY) return "";
  if (/^messages\/en\/.*\.json$/.test(name)) return textsOf(JSON.parse(text)).join("\n");
  if (name.endsWith(".md")) return text;
  if (name === OWN) return "";
  if (SQL.test(name)) return (text.match(SQL_COMMENT) ?? []).join("\n");
  const code = CODE.test(name) || /^[^/]+\.(?:[cm]?js|ts)$/.test(name);
  const titles = titlesOf({ name, text }).map(({ parts }) => parts.join(" "));
  return code ? [...titles, ...(text.match(COMMENT) ?? [])].join("\n") : "";
}

function uses(files: SourceFile[], words: string[]): string[] {
  const pattern = new RegExp(`\\b(?:${words.map((word) => word.replace(/ /g, "[\\s*/-]+")).join("|")})\\b`, "gi");
  return files.flatMap((file) => [...proseOf(file).matchAll(pattern)].map(([word]) => `${file.name}: ${word}`));
}

const banned = bannedWords(tree.find(({ name }) => name === GLOSSARY)?.text ?? "");

it("no text uses a word that the glossary bans", () => {
  expect(banned).toEqual(expect.arrayContaining(["called off", "anew", "whoever", "taken back", "flying"]));
  expect(uses(tree, banned)).toEqual([]);
});

it("the rule about words reads texts, documents, comments and titles of tests, across the end of a line, and no code", () => {
  const files = [
    { name: "messages/en/x.json", text: '{ "anew": { "key": "Begin anew." } }' },
    { name: "docs/x.md", text: "It was called\noff." },
    { name: "lib/x.ts", text: "/** Of what was taken\n * back. */\nconst flying = anew; // Whoever reads it." },
    { name: "tests/x.test.ts", text: 'it("whoever asks", () => flying); // Begins anew.' },
    { name: "prisma/functions/x.sql", text: "-- Credit that is taken\n-- back.\nSELECT 'whoever';" },
    { name: "prisma/schema.prisma", text: "model X {\n  /// Numbers go on anew.\n  flying Int\n}" },
  ];
  expect(uses(files, banned)).toEqual([
    "messages/en/x.json: anew",
    "docs/x.md: called\noff",
    "lib/x.ts: taken\n * back",
    "lib/x.ts: Whoever",
    "tests/x.test.ts: whoever",
    "tests/x.test.ts: anew",
    "prisma/functions/x.sql: taken\n-- back",
    "prisma/schema.prisma: anew",
  ]);
});

/** A participle or a wish says what happened to a thing, and not which thing it is. */
const NAMELESS = /^\s*(?:export )?(?:type|interface) (Asked|Found|Known|Told|Wanted|Wish|Looked|Begun|Heard|Meant)\b/gm;

it("every type of the product's code is named for the thing that it holds", () => {
  const own = tree.filter(({ name }) => /^(?:app|components|lib|prisma|sandbox|scripts|server)\/.*\.tsx?$/.test(name));
  expect(own.length).toBeGreaterThan(500);
  expect(own.flatMap(({ name, text }) => [...text.matchAll(NAMELESS)].map(([, type]) => `${name}: ${type}`))).toEqual(
    [],
  );
  expect([..."type Asked = { id: string };".matchAll(NAMELESS)]).toHaveLength(1);
});
