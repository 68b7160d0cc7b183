/** The SQL texts of the store files, each with the row type that its reader expects. */
import path from "node:path";
import ts from "typescript";

/** `row` maps a column to its kinds without null, such as `["bigint"]` (a tuple's by its place); null where the reader reads no row. */
export type SqlText = { place: string; texts: string[]; row: Map<string, string[]> | null };

const KINDS: [ts.TypeFlags, string][] = [
  [ts.TypeFlags.StringLike, "string"],
  [ts.TypeFlags.NumberLike, "number"],
  [ts.TypeFlags.BigIntLike, "bigint"],
  [ts.TypeFlags.BooleanLike, "boolean"],
];

function openProgram(): ts.Program {
  const file = path.resolve("tsconfig.json");
  const { config } = ts.readConfigFile(file, ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, path.dirname(file));
  const stores = fileNames.filter((name) => /\/(lib|server)\/.*store\.ts$/.test(name));
  return ts.createProgram(stores, { ...options, noEmit: true, incremental: false });
}

function declarationOf(checker: ts.TypeChecker, node: ts.Node): ts.Declaration | undefined {
  const symbol = checker.getSymbolAtLocation(node);
  const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return target?.valueDeclaration;
}

/** Every value that an expression of constants can have; undefined where a part of it is known at run time only. */
function valuesOf(checker: ts.TypeChecker, node: ts.Expression): string[] | undefined {
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return [node.text];
  if (ts.isParenthesizedExpression(node)) return valuesOf(checker, node.expression);
  if (ts.isConditionalExpression(node)) {
    const [yes, no] = [valuesOf(checker, node.whenTrue), valuesOf(checker, node.whenFalse)];
    return yes && no && [...yes, ...no];
  }
  if (ts.isTemplateExpression(node)) {
    return node.templateSpans.reduce<string[] | undefined>(
      (heads, { expression, literal }) => {
        const values = heads && valuesOf(checker, expression);
        return values && heads.flatMap((head) => values.map((value) => head + value + literal.text));
      },
      [node.head.text],
    );
  }
  if (!ts.isIdentifier(node)) return undefined;
  const declared = declarationOf(checker, node);
  return declared && ts.isVariableDeclaration(declared) && declared.initializer
    ? valuesOf(checker, declared.initializer)
    : undefined;
}

function kindsOf(checker: ts.TypeChecker, type: ts.Type): string[] {
  const members = type.isUnion() ? type.types : [type];
  const kinds = members.flatMap((member) => {
    if (member.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined | ts.TypeFlags.Unknown)) return [];
    const [, kind] = KINDS.find(([flag]) => member.flags & flag) ?? [];
    if (kind) return [kind];
    if (checker.isArrayType(member)) {
      const [item] = checker.getTypeArguments(member as ts.TypeReference);
      return [`${item ? kindsOf(checker, item).join("|") : "object"}[]`];
    }
    return [member.symbol?.name === "Date" ? "Date" : "object"];
  });
  return [...new Set(kinds)];
}

function rowOf(checker: ts.TypeChecker, type: ts.Type, at: ts.Node): Map<string, string[]> | null {
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return null;
  if (checker.isTupleType(type)) {
    const columns = checker.getTypeArguments(type as ts.TypeReference);
    return new Map(columns.map((column, place) => [String(place), kindsOf(checker, column)]));
  }
  const members = type.isUnion() ? type.types : [type];
  const properties = members.flatMap((member) => checker.getPropertiesOfType(member));
  if (properties.length === 0) return null;
  return new Map(properties.map((one) => [one.name, kindsOf(checker, checker.getTypeOfSymbolAtLocation(one, at))]));
}

/** The text of `query(text, values)` or `query({ name, text, values })`. */
function textOf(checker: ts.TypeChecker, argument: ts.Expression | undefined): ts.Expression | undefined {
  if (!argument || !ts.isObjectLiteralExpression(argument)) return argument;
  const text = argument.properties.find((one) => one.name?.getText() === "text");
  if (text && ts.isPropertyAssignment(text)) return text.initializer;
  const declared =
    text && ts.isShorthandPropertyAssignment(text)
      ? checker.getShorthandAssignmentValueSymbol(text)?.valueDeclaration
      : undefined;
  return declared && ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
}

type Wrapper = { parameter: number; column: string | null };

/** A function whose `query` runs the text that it is given: its row is what it returns, or one column of it. */
function wrapperOf(checker: ts.TypeChecker, call: ts.CallExpression): [[ts.Declaration, Wrapper]] | undefined {
  const declared = call.arguments[0] && declarationOf(checker, call.arguments[0]);
  if (!declared || !ts.isParameter(declared)) return undefined;
  const owner = declared.parent as ts.FunctionDeclaration | ts.ArrowFunction;
  const row = call.typeArguments?.[0];
  const column = row && ts.isTypeLiteralNode(row) ? (row.members[0]?.name?.getText() ?? null) : null;
  const parameter = owner.parameters.indexOf(declared);
  return [[ts.isArrowFunction(owner) ? (owner.parent as ts.Declaration) : owner, { parameter, column }]];
}

function callsOf(program: ts.Program): [ts.SourceFile, ts.CallExpression][] {
  const found: [ts.SourceFile, ts.CallExpression][] = [];
  for (const file of program.getSourceFiles()) {
    if (!/store\.ts$/.test(file.fileName) || file.fileName.includes("node_modules")) continue;
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node)) found.push([file, node]);
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return found;
}

const isQuery = ({ expression }: ts.CallExpression) =>
  ts.isPropertyAccessExpression(expression) ? expression.name.text === "query" : expression.getText() === "query";

/** Returns the texts whose parts are constants, and the places of those that are put together at run time. */
export function sqlTexts(): { texts: SqlText[]; dynamic: string[] } {
  const program = openProgram();
  const checker = program.getTypeChecker();
  const calls = callsOf(program);
  const wrappers = new Map(calls.flatMap(([, call]) => (isQuery(call) && wrapperOf(checker, call)) || []));
  const texts: SqlText[] = [];
  const dynamic: string[] = [];
  for (const [file, call] of calls) {
    const called = declarationOf(checker, call.expression);
    const wrapper = called && wrappers.get(called);
    if (!wrapper && (!isQuery(call) || wrapperOf(checker, call))) continue;
    const place = `${path.relative(".", file.fileName)}:${file.getLineAndCharacterOfPosition(call.getStart()).line + 1}`;
    const text = textOf(checker, call.arguments[wrapper?.parameter ?? 0]);
    const values = text && valuesOf(checker, text);
    if (values) texts.push({ place, texts: values, row: expectedRow(checker, call, wrapper) });
    else dynamic.push(place);
  }
  return { texts, dynamic };
}

function expectedRow(checker: ts.TypeChecker, call: ts.CallExpression, wrapper: Wrapper | undefined) {
  const answer = checker.getAwaitedType(checker.getTypeAtLocation(call)) as ts.Type;
  if (wrapper?.column) return new Map([[wrapper.column, kindsOf(checker, answer)]]);
  if (wrapper) return rowOf(checker, answer, call);
  const rows = answer.getProperty("rows");
  const list = rows && checker.getTypeOfSymbolAtLocation(rows, call);
  const [row] = list ? checker.getTypeArguments(list as ts.TypeReference) : [];
  return row ? rowOf(checker, row, call) : null;
}
