/** Imported prices as YAML to paste into a catalogue, with what the list says and they do not. */
import { Document, isMap, isScalar, isSeq, visit, type YAMLMap } from "yaml";
import type { Imported } from "./import";

const comment = (lines: readonly string[]) => lines.map((line) => ` ${line}`).join("\n");

/** One component, meter or option a line; amounts in quotes. */
function layOut(document: Document): void {
  visit(document, {
    Map(_, node, path) {
      const inner = path.some((parent) => isMap(parent) && parent.flow);
      if (inner || node.has("meter") || node.has("singular") || node.has("type")) node.flow = true;
      if (node.get("per") === 1) node.delete("per");
    },
    Seq(_, node) {
      if (node.items.every((item) => isScalar(item))) node.flow = true;
    },
    Pair(_, pair) {
      if (String(pair.key) === "amount" && isScalar(pair.value)) pair.value.type = "QUOTE_DOUBLE";
    },
  });
}

/** Each price's warnings stand above it; what was skipped stands at the head. */
export function printPrices({ list, prices, meters, warnings, skipped }: Imported): string {
  const document = new Document({ meters, prices });
  layOut(document);
  const notes = new Map<string, string[]>();
  for (const { model, text } of warnings) notes.set(model, [...(notes.get(model) ?? []), text]);
  const nodes = document.get("prices", true);
  if (isSeq<YAMLMap>(nodes)) {
    nodes.items.forEach((node) => {
      const own = notes.get(String(node.get("model")));
      if (own) node.commentBefore = comment(own);
    });
  }
  const counts = `Prices: ${prices.length}; warnings, each above its price: ${warnings.length}; models skipped: ${skipped.length}.`;
  const head = [`${list.name}, of ${list.date}. Amounts are US dollars.`, counts];
  document.commentBefore = comment([...head, ...skipped.map(({ model, reason }) => `Skipped: ${model} ${reason}`)]);
  return document.toString({ lineWidth: 0 });
}
