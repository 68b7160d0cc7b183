/** The files of prisma/functions and prisma/checks, read for the rules about them. */
import type { SourceFile } from "./tree";

export type SqlFunction = {
  name: string;
  file: string;
  line: number;
  lines: number;
  calls: string[];
  /** Its head and body, without comments and strings. */
  text: string;
};

/** The text with its comments and strings blanked out, so that a rule reads statements only; lines stay lines. */
export function statementsOf(text: string): string {
  return text.replace(/--[^\n]*|'(?:[^']|'')*'/g, (found) => found.replace(/[^\n]/g, " "));
}

/** The functions and aggregates of a file, each with the names of the schema `ledger` that it calls. */
export function functionsOf({ name: file, text }: SourceFile): SqlFunction[] {
  const statements = statementsOf(text);
  const heads = [...statements.matchAll(/^CREATE (?:OR REPLACE )?(?:FUNCTION|AGGREGATE) ledger\.(\w+)/gm)];
  return heads.map((head, index) => {
    const following = statements.slice(head.index, heads[index + 1]?.index);
    const end = /^\$\$;|^\)?;/m.exec(following);
    const whole = following.slice(0, end ? end.index + end[0].length : undefined);
    const called = [...whole.slice(head[0].length).matchAll(/\bledger\.(\w+)\(/g)].map(([, name]) => name as string);
    return {
      name: head[1] as string,
      file,
      line: statements.slice(0, head.index).split("\n").length,
      lines: whole.split("\n").length,
      calls: [...new Set(called)],
      text: whole,
    };
  });
}

/**
 * Calls of functions that are not in the same file or an earlier one, as `file function → called`. What is declared
 * twice counts from its first declaration: that is a hook.
 */
export function upwardCalls(files: readonly SourceFile[]): string[] {
  const all = [...files].sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap(functionsOf);
  const declared = new Map<string, string>();
  for (const { name, file } of all) if (!declared.has(name)) declared.set(name, file);
  return all.flatMap(({ name, file, calls }) =>
    calls
      .filter((called) => (declared.get(called) ?? "~") > file)
      .map((called) => `${file} ${name} → ${called}${declared.has(called) ? "" : " (not declared)"}`),
  );
}

/** The names that two functions of different files have: replaced by the later one. */
export function replacedFunctions(files: readonly SourceFile[]): string[] {
  const declared = new Map<string, Set<string>>();
  for (const { name, file } of files.flatMap(functionsOf)) {
    declared.set(name, (declared.get(name) ?? new Set()).add(file));
  }
  return [...declared].filter(([, places]) => places.size > 1).map(([name]) => name);
}

/** The tables that statements name after FROM, JOIN, INTO or UPDATE. */
export function tablesOf(statements: string): string[] {
  const named = statements.matchAll(
    /\b(?:FROM|JOIN|INTO|UPDATE)\s+(?:ONLY\s+)?(?:public\.|ledger\.)?"?(\w+)"?(?![\w(])/g,
  );
  return [...new Set([...named].map(([, name]) => name as string))];
}
