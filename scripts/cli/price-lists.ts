/** `npm run catalogue -- import`: other price lists, printed as catalogue YAML. */
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { type Command, Option } from "commander";
import { importPrices, printPrices } from "@/lib/catalogue/index";
import { TollgateError } from "@/lib/kernel/errors";

type Options = {
  from: "models.dev" | "litellm";
  file?: string;
  endpoint: string;
  model?: string[];
  all?: boolean;
  provider?: string;
  mode?: string;
  json?: boolean;
};

async function readList(file: string): Promise<{ text: string; name: string; changed: Date }> {
  try {
    const [text, { mtime }] = await Promise.all([readFile(file, "utf8"), stat(file)]);
    return { text, name: path.basename(file), changed: mtime };
  } catch {
    throw new TollgateError("validation_failed", `there is no file at ${file}`, { field: "file" });
  }
}

async function importList({ from, file, endpoint, model, all, provider, mode, json }: Options): Promise<void> {
  if (all ? model : !model) {
    throw new TollgateError("validation_failed", "name models with --model, or take all with --all", {
      field: "model",
    });
  }
  const imported = await importPrices({
    source: from,
    endpoint,
    models: model ?? "all",
    ...(file && { file: await readList(file) }),
    ...(provider && { provider }),
    ...(mode && { mode }),
  });
  process.stdout.write(json ? `${JSON.stringify(imported)}\n` : printPrices(imported));
  const { prices, warnings, skipped } = imported;
  if (warnings.length + skipped.length === 0) return;
  // A user who writes the prices to a file still sees that something is missing.
  process.stderr.write(`Prices: ${prices.length}; warnings: ${warnings.length}; models skipped: ${skipped.length}.\n`);
}

export function addImport(program: Command): void {
  program
    .command("import")
    .description("print the prices of another list as catalogue YAML")
    .addOption(new Option("--from <list>", "which list").choices(["models.dev", "litellm"]).makeOptionMandatory())
    .option(
      "--file <file>",
      "the list as JSON: LiteLLM's model_prices_and_context_window.json, or models.dev's api.json",
    )
    .option("--provider <name>", "only this provider's models")
    .option("--mode <name>", "only LiteLLM's models of this kind, such as chat, embedding or rerank")
    .requiredOption("--endpoint <name>", "the endpoint that the prices are for")
    .option("--model <name...>", "the models")
    .option("--all", "every model that can be imported; those that cannot are listed with the reason")
    .option("--json", "answer as JSON")
    .action(importList);
}
