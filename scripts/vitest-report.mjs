/** Runs some of vitest's projects and reads its report: every test, and files that could not even be read. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { reason } from "./failure.mjs";
import { program, runLoudly, say } from "./step.mjs";

const SLOWEST = 12;

/** Says which files take longest, so that a suite that grows slow is seen in its own log. */
function saySlowest(suites) {
  const seconds = ({ startTime, endTime }) => (endTime - startTime) / 1000;
  const slowest = suites.toSorted((one, other) => seconds(other) - seconds(one)).slice(0, SLOWEST);
  for (const suite of slowest) say(`  ${seconds(suite).toFixed(1)} s ${path.relative(".", suite.name)}`);
}

/** Returns `[{ok, name, why}]`, one for each test. `file` is the report, `args` are other arguments of vitest. */
export async function runVitest(file, args, env = {}) {
  rmSync(file, { force: true });
  const report = ["--reporter=dot", "--reporter=json", `--outputFile.json=${file}`];
  const status = await runLoudly(process.execPath, [...program.vitest, "run", ...args, ...report], { env });
  if (!existsSync(file)) return [{ ok: false, name: "vitest: no report" }];
  const results = [];
  const { testResults } = JSON.parse(readFileSync(file, "utf8"));
  saySlowest(testResults);
  for (const suite of testResults) {
    const name = path.relative(".", suite.name);
    const tests = suite.assertionResults.filter((test) => test.status === "passed" || test.status === "failed");
    for (const test of tests) {
      const ok = test.status === "passed";
      results.push({ ok, name: `${name}: ${test.fullName}`, why: reason(test.failureMessages?.[0]) });
    }
    if (suite.status === "failed" && tests.length === 0) {
      results.push({ ok: false, name, why: reason(suite.message) });
    }
  }
  if (status !== 0 && results.every(({ ok }) => ok)) {
    results.push({ ok: false, name: "vitest: errors outside of tests" });
  }
  return results;
}
