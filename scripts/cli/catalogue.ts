/** `npm run catalogue -- check|plan|apply|import`: the operator's catalogue files, checked, compared and put live. */
import { Command, InvalidArgumentError } from "commander";
import {
  applyCatalogue,
  checkCatalogue,
  liveCatalogue,
  planCatalogue,
  readCatalogue,
  readCatalogueText,
} from "@/lib/catalogue/index";
import type { Catalogue, Change } from "@/lib/catalogue/schema";
import { TollgateError } from "@/lib/kernel/errors";
import { closeDatabase, database } from "@/lib/platform/db";
import { operator } from "./operator";
import { addImport } from "./price-lists";

type Json = { json?: boolean };
const MARK = { added: "+", removed: "-", changed: "~" } as const;

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function summary({ name, unit, prices, plans, packs }: Catalogue): string {
  return `${name}: ${prices.length} prices, ${plans.length} plans, ${packs.length} packs, unit ${unit.code}`;
}

function changeLine({ area, kind, name, what, from, to, percent }: Change): string {
  const values = from === null && to === null ? "" : ` ${what}: ${from ?? "(none)"} → ${to ?? "(none)"}`;
  return `${MARK[kind]} ${area} ${name}${values}${percent ? ` (${percent})` : ""}`;
}

async function check(files: string[], { json }: Json): Promise<void> {
  type Result = { file: string; ok: boolean; summary?: string; warnings?: string[]; error?: string; issues?: unknown };
  const results: Result[] = [];
  for (const file of files) {
    try {
      const { catalogue, warnings } = await checkCatalogue(file);
      results.push({ file, ok: true, summary: summary(catalogue), warnings });
    } catch (error) {
      if (!(error instanceof TollgateError)) throw error;
      results.push({ file, ok: false, error: error.message, issues: error.details?.issues ?? [] });
    }
  }
  if (json) print(JSON.stringify(results));
  else {
    for (const { ok, summary, warnings = [], error } of results) {
      print(ok ? `ok    ${summary}` : `wrong ${error}`);
      for (const warning of warnings) print(`warn  ${warning}`);
    }
  }
  if (results.some(({ ok }) => !ok)) process.exitCode = 1;
}

async function plan(file: string, { json, from }: Json & { from?: string }): Promise<void> {
  const next = await readCatalogue(file);
  const live = from ? { version: null, catalogue: await readCatalogue(from) } : await liveCatalogue(database());
  const changes = planCatalogue(live.catalogue, next);
  if (json) return print(JSON.stringify({ version: live.version, changes }));
  print(live.version === null ? `Compared with ${from}:` : `Compared with version ${live.version}, which is live:`);
  print(changes.length === 0 ? "no change" : changes.map(changeLine).join("\n"));
}

async function apply(file: string, { json, effectiveAt }: Json & { effectiveAt?: Date }): Promise<void> {
  const { text, fileName } = await readCatalogueText(file);
  const applied = await applyCatalogue(await operator(), { text, fileName, effectiveAt });
  const { version, changed } = applied;
  const facts = { version, changed, effectiveAt: applied.effectiveAt.toISOString() };
  if (json) return print(JSON.stringify(facts));
  print(
    changed
      ? `Version ${version} prices calls from ${facts.effectiveAt} on.`
      : `Version ${version} already has these prices.`,
  );
}

function parseTime(text: string): Date {
  const time = new Date(text);
  const exact = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  if (!exact || Number.isNaN(time.getTime())) {
    throw new InvalidArgumentError("Write a time with its zone, such as 2030-01-01T00:00:00Z.");
  }
  return time;
}

const NO_DATABASE = "The database does not respond. Start it with `npm start`, or set DATABASE_URL.";

function unreachable(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ECONNREFUSED" || error.code === "ENOTFOUND");
}

const program = new Command("catalogue")
  .description("Checks, compares and applies catalogues. FILE is a preset's name or a path.")
  .showHelpAfterError();
program
  .command("check")
  .description("check files; each error names its line and what to write instead")
  .argument("<file...>")
  .option("--json", "answer as JSON")
  .action(check);
program
  .command("plan")
  .description("show how a file differs from the live catalogue")
  .argument("<file>")
  .option("--from <file>", "compare with this file instead, without a database")
  .option("--json", "answer as JSON")
  .action(plan);
program
  .command("apply")
  .description("make a file the next version")
  .argument("<file>")
  .option("--effective-at <time>", "when it starts to price calls (default: now)", parseTime)
  .option("--json", "answer as JSON")
  .action(apply);
addImport(program);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof TollgateError) && !unreachable(error)) throw error;
  process.stderr.write(error instanceof TollgateError ? `${error.message}\n` : `${NO_DATABASE}\n`);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
