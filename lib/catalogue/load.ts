import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { type Document, LineCounter, parseDocument } from "yaml";
import { TollgateError } from "@/lib/kernel/errors";
import { coarseWarnings } from "./coarse";
import { compileCatalogue } from "./compile";
import type { Catalogue } from "./compiled";
import { coverageIssues } from "./coverage";
import { catalogueFileSchema } from "./file";
import { hintIssues } from "./hint-issues";
import { catalogueRefused, issuesOf, type LocatedIssue, located, printIssue, yamlRefused } from "./issues";
import { offerIssues } from "./offers";
import { nearest } from "./refuse";

const PRESET_NAME = /^[a-z0-9][a-z0-9-]*$/;
const LARGEST_FILE = 4_000_000;

/** Aliases are followed only so far: nested ones could make a small file fill the memory. */
function expand(document: Document, fileName: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    throw new TollgateError("validation_failed", `${fileName}:1:1 has too many or unknown aliases; write them out`);
  }
}

/**
 * Reads a catalogue from YAML; `fileName` is only shown in errors. A `stored` version passed the checks of its time:
 * one that came later must not stop the server, so only what it cannot work without is read as an error.
 * Errors: validation_failed, each line as `file:line:column path: what is wrong; what to write`.
 */
export function parseCatalogue(text: string, fileName: string, { stored = false } = {}): Catalogue {
  return parse(text, fileName, stored).catalogue;
}

function parse(
  text: string,
  fileName: string,
  stored: boolean,
): { catalogue: Catalogue; warnings: () => LocatedIssue[] } {
  if (text.length > LARGEST_FILE) {
    throw new TollgateError("validation_failed", `${fileName}:1:1 is larger than ${LARGEST_FILE} characters`);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: true, uniqueKeys: true });
  if (document.errors.length > 0) throw yamlRefused(document, fileName);
  const parsed = catalogueFileSchema.safeParse(expand(document, fileName));
  if (!parsed.success) throw catalogueRefused(issuesOf(parsed.error, document), document, lines, fileName);
  const issues = stored
    ? []
    : [...coverageIssues(parsed.data), ...offerIssues(parsed.data), ...hintIssues(parsed.data)];
  const catalogue = compileCatalogue(parsed.data, issues);
  if (issues.length > 0) throw catalogueRefused(issues, document, lines, fileName);
  return { catalogue, warnings: () => located(coarseWarnings(parsed.data), document, lines) };
}

function presetFolder(): string {
  return path.join(process.cwd(), "catalogues");
}

/** The presets that this installation ships, by name. */
export async function presetNames(): Promise<string[]> {
  const files = await readdir(presetFolder()).catch(() => []);
  return files
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -".yaml".length))
    .sort();
}

export type CatalogueSource = { fileName: string; text: string };

/**
 * The text of a preset (`persly`) or of a file (`./ours.yaml`).
 * Errors: validation_failed (no such catalogue; names the presets).
 */
export async function readCatalogueText(nameOrPath: string): Promise<CatalogueSource> {
  const preset = PRESET_NAME.test(nameOrPath);
  const fileName = preset ? path.join("catalogues", `${nameOrPath}.yaml`) : nameOrPath;
  const place = preset ? path.join(presetFolder(), `${nameOrPath}.yaml`) : path.resolve(nameOrPath);
  try {
    return { fileName, text: await readFile(place, "utf8") };
  } catch {
    const names = await presetNames();
    const guess = nearest(nameOrPath, names);
    const hint = guess ? `; did you mean ${guess}?` : `; write a path, or one of: ${names.join(", ")}`;
    throw new TollgateError("validation_failed", `there is no catalogue at ${fileName}${hint}`, { field: "catalogue" });
  }
}

/** Reads and compiles a preset or a file. Errors: as readCatalogueText and parseCatalogue. */
export async function readCatalogue(nameOrPath: string): Promise<Catalogue> {
  const { text, fileName } = await readCatalogueText(nameOrPath);
  return parseCatalogue(text, fileName);
}

/** The same, with what is right and may still surprise. Errors: as readCatalogue. */
export async function checkCatalogue(nameOrPath: string): Promise<{ catalogue: Catalogue; warnings: string[] }> {
  const { text, fileName } = await readCatalogueText(nameOrPath);
  const { catalogue, warnings } = parse(text, fileName, false);
  return { catalogue, warnings: warnings().map((issue) => printIssue(issue, fileName)) };
}

/** Names a version by its content, line ends aside. */
export function catalogueHash(text: string): string {
  return createHash("sha256").update(text.replace(/\r\n/g, "\n")).digest("hex");
}
