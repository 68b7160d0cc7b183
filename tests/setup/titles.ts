/** The titles of tests, read from the sources: each with the describe blocks around it. */
import ts from "typescript";
import { parse, type SourceFile } from "./tree";

/** `parts` are the titles from the outermost describe to the test itself. */
export type Title = { place: string; parts: string[] };

const TEST_FILE = /\.(?:test|spec)\.tsx?$/;
const CALLED = /^(?:describe|it|test)(?:\.(?:describe|each|concurrent))*(?=[(<`]|$)/;

function titleIn(node: ts.CallExpression, source: ts.SourceFile): { block: boolean; text: string } | undefined {
  const called = node.expression.getText(source);
  const [first] = node.arguments;
  if (!first || node.arguments.length < 2 || !CALLED.test(called)) return undefined;
  if (!ts.isStringLiteralLike(first) && !ts.isTemplateExpression(first)) return undefined;
  const text = ts.isStringLiteralLike(first) ? first.text : first.getText(source).slice(1, -1);
  return { block: /describe/.test(CALLED.exec(called)?.[0] ?? ""), text };
}

export function titlesOf(file: SourceFile): Title[] {
  if (!TEST_FILE.test(file.name)) return [];
  const source = parse(file);
  const found: Title[] = [];
  const visit = (node: ts.Node, around: string[]): void => {
    const title = ts.isCallExpression(node) ? titleIn(node, source) : undefined;
    const parts = title ? [...around, title.text] : around;
    if (title && !title.block) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      found.push({ place: `${file.name}:${line + 1}`, parts });
    } else ts.forEachChild(node, (child) => visit(child, parts));
  };
  visit(source, []);
  return found;
}
