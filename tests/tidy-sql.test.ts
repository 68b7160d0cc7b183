/** The house's rules about SQL: calls go one way, lines and functions fit a screen, one statement a line. */
import { describe, expect, it } from "vitest";
import { functionsOf, replacedFunctions, statementsOf, tablesOf, upwardCalls } from "./setup/sql";
import { readTree, type SourceFile } from "./setup/tree";

const WIDTH = 120;
const FUNCTION_LINES = 60;

/** Longer functions and how long they may be. A number may only become smaller, and no name is added. */
const LONGER: Record<string, number> = {
  charge_late: 111,
  expire_holds: 70,
  gate: 78,
  gate_decide: 119,
  gate_open: 77,
  gate_organizations: 71,
  gate_replays: 91,
  gate_write_counters: 64,
  refund: 120,
};

/** What a lower folder declares and a higher one replaces: docs/adr/0030-sql-has-folders-and-hooks.md. */
const HOOKS = ["cycle_begun", "prepaid_changed", "top_up_state"];

const tree = readTree();
const functions = tree.filter(({ name }) => /^prisma\/functions\/.*\.sql$/.test(name));
const schema = tree.find(({ name }) => name === "prisma/schema.dump.sql")?.text ?? "";
const tables = new Set([...schema.matchAll(/^CREATE TABLE \w+\."?(\w+)"?/gm)].map(([, name]) => name as string));
const checks = tree.filter(({ name }) => /^prisma\/checks\/.*\.sql$/.test(name));

const STATEMENT = /\b(?:client|read|gate|operator)\.query\b|\btables\.\w+\.\w+\(/;

function crowdedLines({ name, text }: SourceFile): string[] {
  const statements = statementsOf(text).split("\n");
  return text
    .split("\n")
    .flatMap((line, index) => [
      ...(line.length > WIDTH ? [`${name}:${index + 1} has ${line.length} columns (at most ${WIDTH})`] : []),
      ...(/;\s*\S/.test(statements[index] ?? "") ? [`${name}:${index + 1} holds two statements`] : []),
    ]);
}

describe("a SQL function", () => {
  it("calls functions of the same file or an earlier one only", () => {
    expect(upwardCalls(functions)).toEqual([]);
  });

  it("replaces no function except a declared hook", () => {
    expect(replacedFunctions(functions).sort()).toEqual(HOOKS);
  });

  it("checks an invariant with functions of its own folder or a lower one", () => {
    const folder = ({ name }: SourceFile) => name.split("/")[2] as string;
    const declared = new Map(functions.flatMap((file) => functionsOf(file).map(({ name }) => [name, folder(file)])));
    const upward = checks.flatMap((check) =>
      [...statementsOf(check.text).matchAll(/\bledger\.(\w+)\(/g)]
        .filter(([, called]) => (declared.get(called as string) ?? "~") > folder(check))
        .map(([, called]) => `${check.name} → ${called}`),
    );
    expect(upward).toEqual([]);
  });

  it("reads and writes tables in plpgsql only, because a distributed database plans nothing else", () => {
    expect(tables.size).toBeGreaterThan(30);
    const found = functions
      .flatMap(functionsOf)
      .filter(({ text }) => /\bLANGUAGE sql\b/.test(text) && tablesOf(text).some((table) => tables.has(table)));
    expect(found.map(({ name, file, line }) => `${file}:${line} ${name}`)).toEqual([]);
  });

  it("is called by its own domain or a higher one", () => {
    const domainOf = (file: string) => /^prisma\/functions\/\d+-(\w+)\//.exec(file)?.[1] ?? "";
    const declared = new Map<string, string>();
    for (const { name, file } of functions.flatMap(functionsOf)) if (!declared.has(name)) declared.set(name, file);
    const order = [...new Set([...declared.values()].sort().map(domainOf))];
    const upward = tree.flatMap(({ name, text }) => {
      const own = order.indexOf(/^lib\/(\w+)\/.*store\.ts$/.exec(name)?.[1] ?? "");
      const called = own < 0 ? [] : [...text.matchAll(/\bledger\.(\w+)\(/g)].map(([, one]) => one as string);
      return called
        .filter((one) => order.indexOf(domainOf(declared.get(one) ?? "")) > own)
        .map((one) => `${name} → ${one}`);
    });
    expect(upward).toEqual([]);
  });

  it("is sent by store files alone, as Prisma's statements are", () => {
    const elsewhere = tree.filter(
      ({ name, text }) =>
        /^(?:app|components|lib|server)\/(?!platform\/).*(?<![/-]store|\.test)\.tsx?$/.test(name) &&
        STATEMENT.test(text),
    );
    expect(elsewhere.map(({ name }) => name)).toEqual([]);
  });

  it("has lines that fit a screen, with one statement each", () => {
    const crowded = [...functions, ...checks].flatMap(crowdedLines);
    expect(crowded).toEqual([]);
  });

  it("fits a screen", () => {
    const long = functions
      .flatMap(functionsOf)
      .filter(({ name, lines }) => lines > (LONGER[name] ?? FUNCTION_LINES))
      .map(({ name, file, line, lines }) => `${file}:${line} ${name} has ${lines} lines (at most ${FUNCTION_LINES})`);
    expect(long).toEqual([]);
  });

  it("leaves the list of longer functions when it has become short or is gone", () => {
    const lengths = new Map(functions.flatMap(functionsOf).map(({ name, lines }) => [name, lines]));
    expect(Object.keys(LONGER).filter((name) => (lengths.get(name) ?? 0) <= FUNCTION_LINES)).toEqual([]);
  });
});

describe("the rule about calls", () => {
  const file = (name: string, ...bodies: string[]): SourceFile => ({
    name: `prisma/functions/${name}`,
    text: bodies.map((body) => `CREATE OR REPLACE FUNCTION ledger.${body}\n$$;\n`).join("\n"),
  });
  const low = file("20-ledger/10-low.sql", "low() AS $$\n  PERFORM ledger.middle(); -- ledger.high()\n");

  it("finds a call of a later file", () => {
    const middle = file("20-ledger/20-middle.sql", "middle() AS $$\n");
    expect(upwardCalls([middle, low])).toEqual(["prisma/functions/20-ledger/10-low.sql low → middle"]);
  });

  it("finds a call of a function that no file declares", () => {
    expect(upwardCalls([low])).toEqual(["prisma/functions/20-ledger/10-low.sql low → middle (not declared)"]);
  });

  it("lets a later file replace a hook, which may call earlier functions", () => {
    const hook = file("10-core/10-hook.sql", "middle() AS $$\n");
    const high = file("30-high/10-high.sql", "high() AS $$\n", "middle() AS $$\n  PERFORM ledger.high();\n");
    expect(upwardCalls([high, low, hook])).toEqual([]);
    expect(replacedFunctions([high, low, hook])).toEqual(["middle"]);
  });
});
