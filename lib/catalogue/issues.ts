/** Problems of a catalogue file, with their place in the YAML and the correction. */

import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  type LineCounter,
  type Node,
} from "yaml";
import type { z } from "zod";
import { TollgateError } from "@/lib/kernel/errors";

export type Path = readonly PropertyKey[];
export type Issue = { path: Path; message: string };
export type LocatedIssue = { line: number; column: number; path: string; message: string };

const MOST_SHOWN = 20;

/** ["prices", 3, "per"] → "prices[3].per" */
export function printPath(path: Path): string {
  return path
    .map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? String(part) : `.${String(part)}`))
    .join("");
}

function followed(document: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

/** The node at the path, through aliases (`components: *tokens`), which `getIn` does not follow. */
function nodeAt(document: Document, path: Path): unknown {
  let node: unknown = document.contents;
  for (const part of path) {
    const parent = followed(document, node);
    node = isCollection(parent) ? parent.get(part, true) : undefined;
  }
  return followed(document, node);
}

function keyNode(node: unknown, key: PropertyKey): Node | undefined {
  if (!isMap(node)) return undefined;
  const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key);
  return pair && isNode(pair.key) ? pair.key : undefined;
}

/** The offset of the deepest node on the path that the file really has; a key's own place wins over its value's. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const last = path[length - 1] as PropertyKey;
    const node = keyNode(nodeAt(document, path.slice(0, length - 1)), last) ?? nodeAt(document, path.slice(0, length));
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

/** A number that YAML read without quotes is shown as the file wrote it, so that the fix can be copied. */
function unquoted(node: unknown): string | undefined {
  return isScalar(node) && typeof node.value === "number" ? node.source : undefined;
}

/** An amount below zero, whether the file wrote it as a text or as a number. */
function negative(node: unknown): boolean {
  return isScalar(node) && /^-[0-9.]/.test(String(node.value));
}

function wordsFor(issue: z.core.$ZodIssue, document: Document): Issue[] {
  const { path } = issue;
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: [...path, key], message: "is not a known setting; remove it" }));
  }
  const node = nodeAt(document, path);
  const allowed = issue.code === "invalid_value" ? issue.values.map(String).join(", ") : undefined;
  if (node === undefined) return [{ path, message: `is missing${allowed ? `; write one of: ${allowed}` : ""}` }];
  if (allowed) return [{ path, message: `must be one of: ${allowed}` }];
  if (negative(node)) {
    const what = path[0] === "prices" ? "is a negative price, which would pay the caller" : "is negative";
    return [{ path, message: `${what}; write an amount of "0" or more` }];
  }
  const source = unquoted(node);
  if (issue.code === "invalid_type" && issue.expected === "string" && source !== undefined) {
    return [{ path, message: `must be in quotes; write "${source}"` }];
  }
  return [{ path, message: issue.message.replace(/^Invalid input: /, "") }];
}

export function issuesOf(error: z.ZodError, document: Document): Issue[] {
  return error.issues.flatMap((issue) => wordsFor(issue, document));
}

export function printIssue({ line, column, path, message }: LocatedIssue, fileName: string): string {
  return `${fileName}:${line}:${column} ${path ? `${path}: ` : ""}${message}`;
}

function refuse(issues: LocatedIssue[], fileName: string): TollgateError {
  const shown = issues.slice(0, MOST_SHOWN).map((issue) => printIssue(issue, fileName));
  if (issues.length > MOST_SHOWN) shown.push(`… and ${issues.length - MOST_SHOWN} more`);
  return new TollgateError("validation_failed", shown.join("\n"), { file: fileName, issues });
}

export function located(issues: readonly Issue[], document: Document, lines: LineCounter): LocatedIssue[] {
  return issues.map(({ path, message }) => {
    const { line, col } = lines.linePos(offsetOf(document, path));
    return { line: Math.max(line, 1), column: Math.max(col, 1), path: printPath(path), message };
  });
}

export function catalogueRefused(
  issues: readonly Issue[],
  document: Document,
  lines: LineCounter,
  fileName: string,
): TollgateError {
  return refuse(located(issues, document, lines), fileName);
}

export function yamlRefused(document: Document, fileName: string): TollgateError {
  const found = document.errors.map((error) => ({
    line: error.linePos?.[0].line ?? 1,
    column: error.linePos?.[0].col ?? 1,
    path: "",
    message: error.message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? "is not YAML",
  }));
  return refuse(found, fileName);
}
