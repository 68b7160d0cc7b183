/** Runs the browser tests and reads Playwright's report. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { reason } from "./failure.mjs";
import { program, runLoudly } from "./step.mjs";

function* specs(suite) {
  for (const spec of suite.specs ?? []) {
    const skipped = spec.tests.every((test) => test.status === "skipped");
    const why = reason(spec.tests.flatMap(({ results }) => results).find(({ error }) => error)?.error.message);
    if (!skipped) yield { ok: spec.ok, name: `${suite.file}: ${spec.title}`, why };
  }
  for (const inner of suite.suites ?? []) yield* specs(inner);
}

/** Returns `[{ok, name, why}]`, one for each test in Playwright's report `file`. */
export function readReport(file) {
  if (!existsSync(file)) return [{ ok: false, name: "playwright: no report" }];
  const report = JSON.parse(readFileSync(file, "utf8"));
  const errors = report.errors.map((error) => ({ ok: false, name: `playwright: ${error.message}` }));
  return [...report.suites.flatMap((suite) => [...specs(suite)]), ...errors];
}

/** The same for a run: `args` are Playwright's arguments, `env` names the server. */
export async function runPlaywright(file, args, env) {
  rmSync(file, { force: true });
  await runLoudly(process.execPath, [...program.playwright, "test", ...args], {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  });
  return readReport(file);
}
