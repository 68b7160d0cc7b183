/** The repository's own files, for the rules about files. Walked, not asked of git: a clone's copy may have no git. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

const NOT_OURS = new Set([
  "node_modules",
  ".next",
  ".tollgate",
  ".shots",
  ".git",
  "generated",
  "test-results",
  "playwright-report",
]);
const BINARY = /\.(?:png|jpe?g|gif|ico|woff2?|ttf|pdf|gz|zip)$/;
export const ROOT = path.join(import.meta.dirname, "../..");

export type SourceFile = { name: string; text: string };

function walk(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name) || entry.name === "package-lock.json") return [];
    const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return walk(name);
    return entry.isFile() && !BINARY.test(name) && !/\.tsbuildinfo$|^next-env|^\.env$/.test(name) ? [name] : [];
  });
}

export function readTree(): SourceFile[] {
  return walk("").map((name) => ({ name, text: readFileSync(path.join(ROOT, name), "utf8") }));
}

export const exists = (name: string) => existsSync(path.join(ROOT, name));

export function parse({ name, text }: SourceFile): ts.SourceFile {
  const kind = name.endsWith(".tsx") ? ts.ScriptKind.TSX : name.endsWith(".ts") ? ts.ScriptKind.TS : ts.ScriptKind.JS;
  return ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true, kind);
}

/** Functions longer than the limit, as `file:line name (n lines)`. A test's describe() is a list, not a function. */
export function longFunctions(file: SourceFile, limit: number): string[] {
  const source = parse(file);
  const found: string[] = [];
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line + 1;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body) {
      const first = lineOf(node.getStart(source));
      const length = lineOf(node.end) - first + 1;
      const list = ts.isCallExpression(node.parent) && /^describe\b/.test(node.parent.expression.getText(source));
      if (length > limit && !list) found.push(`${file.name}:${first} (${length} lines)`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The text with comments, strings and markup blanked out, so that a rule about calls reads code only. */
export function codeOf(file: SourceFile): string {
  const source = parse(file);
  const letters = [...file.text];
  const blank = (from: number, to: number) => {
    for (let at = from; at < to; at++) if (letters[at] !== "\n") letters[at] = " ";
  };
  const comments = (node: ts.Node) => {
    for (const range of ts.getLeadingCommentRanges(file.text, node.pos) ?? []) blank(range.pos, range.end);
    for (const range of ts.getTrailingCommentRanges(file.text, node.end) ?? []) blank(range.pos, range.end);
  };
  const visit = (node: ts.Node): void => {
    comments(node);
    if (ts.isStringLiteralLike(node) || ts.isJsxText(node) || ts.isRegularExpressionLiteral(node)) {
      blank(node.getStart(source), node.end);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return letters.join("");
}
