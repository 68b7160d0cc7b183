/** `npm run ledger:verify`: every invariant of the ledger, checked in one snapshot. Exit 1 with the rows that break one. */
import { Command } from "commander";
import { type Check, verifyLedger } from "@/lib/ledger/index";
import { operator, run } from "./operator";
import { print } from "./output";

const cell = (value: unknown): string => {
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? `[${value.join(" ")}]` : String(value ?? "-");
};

function report({ name, rule, rows, more, milliseconds }: Check): string {
  if (rows.length === 0) return `ok     ${name.padEnd(24)} ${String(milliseconds).padStart(6)} ms`;
  const lines = rows.map((row) => {
    const { problem, ...facts } = row;
    return `         ${cell(problem)}: ${Object.entries(facts)
      .map(([key, value]) => `${key} ${cell(value)}`)
      .join(", ")}`;
  });
  return [`BROKEN ${name}: ${rule}`, ...lines, ...(more ? ["         … and others"] : [])].join("\n");
}

async function verify({ json }: { json?: boolean }): Promise<void> {
  const checks = await verifyLedger(await operator());
  const broken = checks.filter(({ rows }) => rows.length > 0).length;
  if (json) print(JSON.stringify({ ok: broken === 0, checks }));
  else print([...checks.map(report), `${checks.length - broken} invariants hold, ${broken} broken`].join("\n"));
  if (broken > 0) process.exitCode = 1;
}

await run(
  new Command("ledger:verify")
    .description("Checks every invariant of the ledger and prints the rows that break one.")
    .option("--json", "answer as JSON")
    .action(verify),
);
