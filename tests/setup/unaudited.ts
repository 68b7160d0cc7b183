/**
 * Which verbs change rows without writing down who did it: read from the sources, declaration by declaration. A
 * declaration writes when its SQL does, when it calls a volatile function of the ledger, or when it names another one
 * that writes; what is named within `audited(…)` is written down.
 */
import path from "node:path";
import ts from "typescript";
import type { SourceFile } from "./tree";

type Reference = { name: string; audited: boolean };
type Declaration = { writes: boolean; references: Reference[] };
/** Where a name of a file comes from. */
type Import = { file: string; name: string };
type Module = { declarations: Map<string, Declaration>; imports: Map<string, Import>; exports: Map<string, Import> };

const SQL_WRITE =
  /\bINSERT\s+INTO\b|\bDELETE\s+FROM\b|\bTRUNCATE\b|\bUPDATE\s+(?:"?\w+"?)(?:\s+(?:AS\s+)?\w+)?\s+SET\b/;
const PRISMA_WRITE = /^(?:create|createMany|update|updateMany|upsert|delete|deleteMany)(?:AndReturn)?$/;

/** What writes the row itself. */
const AUDITED = "lib/audit/audited.ts#audited";

/** Functions of `prisma/functions` that are neither STABLE nor IMMUTABLE. */
export function volatileFunctions(sql: readonly SourceFile[]): Set<string> {
  const heads = sql.flatMap(({ text }) => [
    ...text.matchAll(/CREATE OR REPLACE FUNCTION ledger\.(\w+)([\s\S]*?)\bAS \$\$/g),
  ]);
  const writing = heads.filter(([, , head]) => !/\b(?:STABLE|IMMUTABLE)\b/.test(head ?? ""));
  return new Set(writing.map(([, name]) => name as string));
}

/** `@/lib/x` and `./x` as a file of the tree; undefined for packages. */
function resolve(from: string, specifier: string, names: ReadonlySet<string>): string | undefined {
  const local = specifier.startsWith(".") ? path.posix.join(path.posix.dirname(from), specifier) : specifier.slice(2);
  if (!/^(?:\.|@\/)/.test(specifier)) return undefined;
  return [local, `${local}.ts`, `${local}/index.ts`].find((name) => names.has(name));
}

/** `x` of `of.x` and of `{ x: … }` names no declaration. */
function isLabel(at: ts.Identifier): boolean {
  const { parent } = at;
  return (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) && parent.name === at;
}

function declarationOf(node: ts.Node, volatile: ReadonlySet<string>): Declaration {
  const made: Declaration = { writes: false, references: [] };
  const writesSql = (text: string) =>
    SQL_WRITE.test(text) || [...text.matchAll(/\bledger\.(\w+)\(/g)].some(([, name]) => volatile.has(name as string));
  const visit = (at: ts.Node, audited: boolean): void => {
    if (ts.isTypeNode(at)) return;
    const text = ts.isStringLiteralLike(at) || ts.isTemplateLiteralToken(at) ? at.text : undefined;
    if (text !== undefined && !audited && writesSql(text)) made.writes = true;
    if (ts.isIdentifier(at) && !isLabel(at)) made.references.push({ name: at.text, audited });
    const called = ts.isCallExpression(at) ? at.expression : undefined;
    const model = called && ts.isPropertyAccessExpression(called) && ts.isPropertyAccessExpression(called.expression);
    if (model && !audited && PRISMA_WRITE.test(called.name.text)) made.writes = true;
    const within = audited || (called !== undefined && ts.isIdentifier(called) && called.text === "audited");
    ts.forEachChild(at, (child) => visit(child, child === called ? audited : within));
  };
  visit(node, false);
  return made;
}

function bindings(statement: ts.Statement): [string, ts.Node][] {
  if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name) {
    return [[statement.name.text, statement]];
  }
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.map((one) => [one.name.getText(), one]);
}

function moduleOf({ name, text }: SourceFile, names: ReadonlySet<string>, volatile: ReadonlySet<string>): Module {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TS);
  const made: Module = { declarations: new Map(), imports: new Map(), exports: new Map() };
  for (const statement of source.statements) {
    for (const [bound, node] of bindings(statement)) made.declarations.set(bound, declarationOf(node, volatile));
    const door = ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement) ? statement : undefined;
    if (!door?.moduleSpecifier) continue;
    const file = resolve(name, (door.moduleSpecifier as ts.StringLiteral).text, names);
    const listed = ts.isImportDeclaration(door) ? door.importClause?.namedBindings : door.exportClause;
    if (!file || !listed || ts.isNamespaceImport(listed) || ts.isNamespaceExport(listed)) continue;
    for (const one of listed.elements) {
      const found = { file, name: (one.propertyName ?? one.name).text };
      (ts.isImportDeclaration(door) ? made.imports : made.exports).set(one.name.text, found);
    }
  }
  return made;
}

/** Follows a name through doors to the declaration, as `file#name`. */
function origin(modules: ReadonlyMap<string, Module>, { file, name }: Import): string {
  const onward = modules.get(file)?.exports.get(name);
  return onward ? origin(modules, onward) : `${file}#${name}`;
}

/**
 * The verbs `domain.verb` of the doors `lib/<domain>/index.ts` that write and are not written down. Those in `except`
 * are passed over, for their callers too; one that writes nothing is answered by `needless`.
 */
export function unauditedVerbs(
  sources: readonly SourceFile[],
  sql: readonly SourceFile[],
  except: readonly string[] = [],
): { verbs: string[]; needless: string[] } {
  const volatile = volatileFunctions(sql);
  const names = new Set(sources.map(({ name }) => name));
  const modules = new Map(sources.map((file) => [file.name, moduleOf(file, names, volatile)]));
  const doors = [...modules].flatMap(([file, { exports }]) => {
    const domain = /^lib\/([\w-]+)\/index\.ts$/.exec(file)?.[1];
    return domain
      ? [...exports].map(([name, found]) => ({ verb: `${domain}.${name}`, at: origin(modules, found) }))
      : [];
  });
  const passed = new Set(doors.filter(({ verb }) => except.includes(verb)).map(({ at }) => at));
  passed.add(AUDITED);
  const all = [...modules].flatMap(([file, module]) =>
    [...module.declarations].map(([name, declaration]) => ({ file, module, declaration, at: `${file}#${name}` })),
  );
  const writing = new Set<string>();
  const reaches = ({ file, module, declaration }: (typeof all)[number]) =>
    declaration.writes ||
    declaration.references.some(({ name, audited }) => {
      const at = origin(modules, module.imports.get(name) ?? { file, name });
      return !audited && !passed.has(at) && writing.has(at);
    });
  for (let before = -1; before < writing.size; ) {
    before = writing.size;
    for (const one of all) if (!writing.has(one.at) && reaches(one)) writing.add(one.at);
  }
  const found = doors.filter(({ at }) => at !== AUDITED && writing.has(at)).map(({ verb }) => verb);
  return {
    verbs: found.filter((verb) => !except.includes(verb)).sort(),
    needless: except.filter((verb) => !found.includes(verb)),
  };
}
