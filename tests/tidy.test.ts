/** The house's rules about files, as a test: sizes, words and calls that are not used, documentation that is true. */
import path from "node:path";
import { describe, expect, it } from "vitest";
import { codeOf, exists, longFunctions, readTree, type SourceFile } from "./setup/tree";

const SELF = "tests/tidy.test.ts"; // It names what it forbids.
const FUNCTION_LINES = 70;
const ARCHITECTURE_LINES = 150;
const tree = readTree();
const code = tree
  .filter(({ name }) => /\.(?:tsx?|mjs|cjs)$/.test(name) && name !== SELF)
  .map((file) => ({ ...file, code: codeOf(file) }));

const lineCount = (text: string) => text.replace(/\n$/, "").split("\n").length;

/** Places where the pattern is found, as `file:line`. */
function found(files: SourceFile[], pattern: RegExp): string[] {
  return files.flatMap(({ name, text }) =>
    text.split("\n").flatMap((line, index) => (pattern.test(line) ? [`${name}:${index + 1}`] : [])),
  );
}

function calls(pattern: RegExp, within: RegExp, except?: RegExp): string[] {
  const files = code.filter(({ name }) => within.test(name) && !except?.test(name));
  return found(
    files.map((file) => ({ name: file.name, text: file.code })),
    pattern,
  );
}

function lineLimit(name: string): number | undefined {
  if (/^app\/.*\/?page\.tsx$/.test(name)) return 80;
  if (/^app\/.*\/?route\.tsx?$/.test(name)) return 40;
  return /\.(?:tsx?|mjs|cjs|sql)$/.test(name) && !/^prisma\/(?:migrations\/|schema\.dump)/.test(name) ? 300 : undefined;
}

describe("the repository", () => {
  it("has files that are short enough to read", () => {
    const long = tree.flatMap(({ name, text }) => {
      const limit = lineLimit(name);
      const lines = lineCount(text);
      return limit && lines > limit ? [`${name}: ${lines} lines (at most ${limit})`] : [];
    });
    expect(long).toEqual([]);
  });

  it("has functions that are short enough to see", () => {
    expect(code.flatMap((file) => longFunctions(file, FUNCTION_LINES))).toEqual([]);
  });

  it("has an architecture that is short enough to be read", () => {
    const text = tree.find(({ name }) => name === "ARCHITECTURE.md")?.text;
    expect(text, "ARCHITECTURE.md").toBeDefined();
    expect(lineCount(text ?? "")).toBeLessThanOrEqual(ARCHITECTURE_LINES);
  });
});

describe("the code", () => {
  const everything = /^/;
  const product = /^(?:app|components|lib|server)\//;

  it("takes the time from the clock only", () => {
    const edge = /^lib\/platform\/clock\.ts$|\.test\.tsx?$/;
    expect(calls(/\bDate\.now\(|\bnew Date\(\s*\)/, /^(?:lib|app)\//, edge)).toEqual([]);
  });

  it("reads the environment in one place", () => {
    const places = /^lib\/platform\/env\.ts$|^(?:scripts|server|tests|e2e|bench|sandbox)\/|^prisma\/seed|\.test\.tsx?$/;
    const configs = /^[^/]+\.(?:ts|mjs|cjs)$/;
    expect(calls(/\bprocess\.env\b/, everything, new RegExp(`${places.source}|${configs.source}`))).toEqual([]);
  });

  it("never reads an amount as a float", () => {
    expect(calls(/\b(?:Number\.)?parseFloat\b/, product)).toEqual([]);
  });

  it("uses chance in tests and measurements only", () => {
    expect(calls(/\bMath\.random\b/, everything, /^(?:tests|e2e|bench)\/|\.test\.tsx?$/)).toEqual([]);
  });

  it("logs through the logger", () => {
    // The snippets are programs for readers, who have no logger of ours.
    expect(calls(/\bconsole\.\w+\(/, product, /\.test\.tsx?$|^components\/developers\/snippets\.ts$/)).toEqual([]);
  });

  it("runs every test", () => {
    expect(calls(/\b(?:it|test|describe)\b[\w.]*\.(?:only|skip|todo|fixme)\b/, everything)).toEqual([]);
  });

  it("leaves nothing for later", () => {
    const files = tree.filter(({ name }) => name !== SELF);
    expect(found(files, /\b(?:TODO|FIXME|XXX)\b/)).toEqual([]);
  });

  it("silences a checker only with a reason", () => {
    const files = code.filter(({ name }) => name !== SELF);
    expect(found(files, /@ts-ignore|@ts-nocheck|@ts-expect-error\s*$|biome-ignore [\w/]+:?\s*$/)).toEqual([]);
  });

  it("speaks of itself only", () => {
    const outside = /\/work\/|\.\.\/shared\b|\bregistry\.[\w-]+\.[a-z]+|\bregistry\.npm/;
    expect(
      found(
        tree.filter(({ name }) => name !== SELF),
        outside,
      ),
    ).toEqual([]);
  });
});

describe("a file", () => {
  it("is named for what it holds", () => {
    const vague = /(?:^|[-/._])(?:utils?|helpers?|misc|managers?|services?)(?:[-.]|\/|$)/i;
    expect(
      tree.map(({ name }) => name).filter((name) => /\.(?:tsx?|mjs|cjs|sql)$/.test(name) && vague.test(name)),
    ).toEqual([]);
  });

  it("is named in kebab case", () => {
    const sources = code.map(({ name }) => path.basename(name)).filter((name) => !name.startsWith("."));
    expect(sources.filter((name) => /[A-Z_]/.test(name))).toEqual([]);
  });

  it("has a room when it is a component", () => {
    expect(tree.map(({ name }) => name).filter((name) => /^components\/[^/]+\.(?:tsx?|css)$/.test(name))).toEqual([]);
  });

  it("keeps what a process or an object has one of in lib/platform/holders.ts", () => {
    const others = tree.filter(({ name, text }) => {
      const ours = /^(?:app|components|lib|server)\//.test(name) && !/\.test\.tsx?$/.test(name);
      return ours && name !== "lib/platform/holders.ts" && /Symbol\.for\(|new WeakMap\b/.test(text);
    });
    expect(others.map(({ name }) => name)).toEqual([]);
  });

  it("is a barrel only as one of a domain's two doors", () => {
    const barrels = code
      .filter(({ name }) => !/^lib\/[^/]+\/(?:index|schema)\.ts$/.test(name) && /(?:^|\/)index\.tsx?$/.test(name))
      .map(({ name }) => name);
    expect(barrels).toEqual([]);
  });
});

/** Paths named in a document: in backticks from a top folder or root file on, and the targets of links. */
function namedPaths({ name, text }: SourceFile): string[] {
  const tops = /^(?:app|components|lib|server|scripts|prisma|catalogues|docs|tests|e2e|bench|sandbox|public|\.ci)\//;
  const prose = text.replace(/^```[\s\S]*?^```/gm, "");
  const ticked = [...prose.matchAll(/`([^`\s]+)`/g)].map((match) => match[1] ?? "");
  const rooted = ticked.filter(
    (word) => (tops.test(word) || /^[\w.-]+\.(?:md|ya?ml|mjs|cjs)$/.test(word)) && !/[*<>{}…[\]$]/.test(word),
  );
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => (match[1] ?? "").replace(/#.*$/, ""));
  const local = links.filter((target) => target && !/^[a-z]+:/.test(target));
  return [
    ...rooted.map((word) => word.replace(/[:#].*$/, "").replace(/\/$/, "")),
    ...local.map((target) => path.posix.join(path.posix.dirname(name), target)),
  ];
}

describe("a document", () => {
  it("names only what exists", () => {
    const names = new Set(tree.map(({ name }) => path.posix.basename(name)));
    const made = /^lib\/platform\/generated/;
    const missing = tree
      .filter(({ name }) => name.endsWith(".md"))
      .flatMap((file) => namedPaths(file).map((word) => ({ file: file.name, word })))
      .filter(({ word }) => !made.test(word) && !exists(word) && !(names.has(word) && !word.includes("/")));
    expect(missing).toEqual([]);
  });
});

describe("a dependency", () => {
  /** Below these, holes are known. */
  const floors: [name: string, floor: string, why: string][] = [
    ["next", "16.4.1", "remote code execution in image optimization and `use cache`, denial of service by an action"],
    [
      "react-dom",
      "19.2.1",
      "remote code execution by what an action is sent (CVE-2025-55182); it goes with Next's own",
    ],
    ["next-auth", "5.0.0-beta.30", "mails to another address than the one that was looked at"],
    [
      "nodemailer",
      "7.0.7",
      "mails to another domain, or none for long, by an address that is read in two ways (CVE-2025-14874)",
    ],
    ["hono", "4.12.21", "paths that are read in two ways (CVE-2026-47676)"],
  ];

  it.each(floors)("is at least as new as its known holes require: %s %s, %s", (name, floor) => {
    const version: string = packages.dependencies[name];
    expect(version.localeCompare(floor, "en", { numeric: true })).toBeGreaterThanOrEqual(0);
  });

  const packages = JSON.parse(tree.find((file) => file.name === "package.json")?.text ?? "{}");

  it("is listed with what it is for", () => {
    const { dependencies, devDependencies, overrides } = packages;
    const rows = tree.find(({ name }) => name === "docs/dependencies.md")?.text.match(/^\| `.*?`.*? \|/gm) ?? [];
    const said = rows.flatMap((row) => [...row.matchAll(/`([^`]+)`/g)].map((match) => match[1]));
    expect([...new Set(said)].sort()).toEqual(
      Object.keys({ ...dependencies, ...devDependencies, ...overrides }).sort(),
    );
  });

  it("has a pinned version", () => {
    const { dependencies, devDependencies } = packages;
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, v]) => !/^\d/.test(String(v)));
    expect(loose).toEqual([]);
  });
});
