/** `npm run replay`: a real trace through the gate, and whether every call is in the ledger to the last digit. */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { SingleBar } from "cli-progress";
import { Command, InvalidArgumentError } from "commander";
import { formatAmount } from "@/lib/kernel/money";
import { Mistake, print } from "./output";
import { Gateway } from "./replay/gateway";
import { publishedPrice } from "./replay/published-price";
import { agrees, type Reconciliation, reconcile } from "./replay/reconcile";
import { type ReplayAnswers, type ReplayPlan, replay } from "./replay/run";
import { surveyTrace } from "./replay/trace";

type Options = {
  model: string;
  endpoint: string;
  speed: number;
  organization?: string;
  at?: true | Date;
  concurrency: number;
  url?: string;
  catalogue?: string;
};
type Facts = { url?: string; organization?: string; gatewaySecret?: string; catalogue?: string };

const MONTH_MS = 30 * 86_400_000;
const MARGIN_MS = 300_000;

function readFacts(file: string): Facts {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Facts) : {};
}

/** The server's address and secret, from the options, the environment, and the files of `npm start`. */
function target({ url, organization, catalogue }: Options) {
  const demo = readFacts(".tollgate/demo.json");
  const found = {
    url: url ?? process.env.TOLLGATE_URL ?? demo.url,
    organization: organization ?? demo.organization,
    secret: process.env.TOLLGATE_GATEWAY_SECRET ?? demo.gatewaySecret,
  };
  if (!found.url || !found.organization || !found.secret) {
    throw new Mistake(
      "There is no .tollgate/demo.json: run npm start first, or give --url, --organization and TOLLGATE_GATEWAY_SECRET.",
    );
  }
  const used = catalogue ?? process.env.CATALOGUE ?? readFacts(".tollgate/current.json").catalogue ?? "apertis";
  return { url: found.url, organization: found.organization, secret: found.secret, catalogue: used };
}

/** The shift of the trace's times: the trace ends now, or starts at a given time. */
function shiftOf(at: true | Date | undefined, first: number, last: number, now: number): number | null {
  if (at === undefined) return null;
  const shift = at === true ? now - last : at.getTime() - first;
  if (first + shift < now - MONTH_MS || last + shift > now) {
    throw new Mistake("With --at the whole trace must lie in the last 30 days: give another time, or a shorter trace.");
  }
  return shift;
}

/** The p-th percentile of milliseconds, to a tenth. */
function percentile(sorted: number[], p: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))] ?? 0).toFixed(1);
}

function latencyLine(name: string, latencies: number[]): string {
  const sorted = [...latencies].sort((a, b) => a - b);
  const [p50, p95, p99] = [50, 95, 99].map((p) => percentile(sorted, p));
  return `${name.padEnd(12)} p50 ${p50} ms   p95 ${p95} ms   p99 ${p99} ms`;
}

function table({ ledger, independent }: Reconciliation, scale: number, unit: string): string {
  const amount = (value: bigint) => `${formatAmount(value, scale)} ${unit}`;
  const rows: [string, string, string][] = [
    ["events", String(ledger.events), String(independent.events)],
    ["tokens in", String(ledger.input), String(independent.input)],
    ["tokens out", String(ledger.output), String(independent.output)],
    ["cost", amount(ledger.cost), amount(independent.cost)],
  ];
  const line = (name: string, a: string, b: string) => `${name.padEnd(12)} ${a.padStart(22)} ${b.padStart(22)}`;
  return [
    line("", "ledger", "independent"),
    ...rows.map(([name, a, b]) => `${line(name, a, b)}   ${a === b ? "equal" : "DIFFERENT"}`),
  ].join("\n");
}

function report(
  answers: ReplayAnswers,
  found: Reconciliation,
  gateway: Gateway,
  seconds: number,
  scale: number,
  unit: string,
): void {
  const refused = [...answers.refused].map(([code, count]) => `${count} ${code}`).join(", ");
  const requests = gateway.latencies.hold.length + gateway.latencies.settle.length;
  print(table(found, scale, unit));
  print(`${"refused".padEnd(12)} ${refused || "none"}`);
  print(
    `${"throughput".padEnd(12)} ${Math.round(answers.settled.size / seconds)} calls/s, ${Math.round(requests / seconds)} requests/s over ${seconds.toFixed(1)} s, ${gateway.retries} retries`,
  );
  print(latencyLine("hold", gateway.latencies.hold));
  print(latencyLine("settle", gateway.latencies.settle));
  for (const difference of found.differences) print(`DIFFERENT    ${difference}`);
  print(agrees(found) ? "It reconciles to the last digit." : "It does not reconcile.");
}

async function run(file: string, options: Options): Promise<void> {
  const { url, organization, secret, catalogue } = target(options);
  const { model, endpoint, speed, concurrency } = options;
  const price = await publishedPrice(catalogue, endpoint, model);
  const { calls, first, last } = await surveyTrace(file);
  const begun = Date.now();
  const shift = shiftOf(options.at, first, last, begun);
  const runId = `${begun.toString(36)}${randomBytes(4).toString("hex")}`;
  const plan: ReplayPlan = { file, run: runId, organization, endpoint, model, concurrency, speed, shift, first };
  const gateway = new Gateway(url, secret, concurrency);
  const bar = new SingleBar({
    format: "{bar} {percentage} % | {value}/{total} calls | {duration_formatted}, {eta_formatted} to go",
    noTTYOutput: true,
    notTTYSchedule: 5_000,
    etaBuffer: 500,
    hideCursor: true,
  });
  try {
    await gateway.get(`/v1/balance?${new URLSearchParams({ organization })}`);
    bar.start(calls, 0);
    const started = performance.now();
    const answers = await replay(gateway, plan, () => bar.increment()).finally(() => bar.stop());
    const seconds = (performance.now() - started) / 1_000;
    // The server's clock may differ from ours by some minutes.
    const from = new Date((shift === null ? begun : first + shift) - MARGIN_MS);
    const to = new Date((shift === null ? Date.now() : last + shift) + MARGIN_MS);
    const found = await reconcile(gateway, { run: runId, organization, from, to }, answers, price);
    report(answers, found, gateway, seconds, price.scale, price.unit);
    if (!agrees(found)) process.exitCode = 1;
  } finally {
    gateway.close();
  }
}

function parseSpeed(text: string): number {
  const speed = Number(text);
  if (text !== "max" && !(speed > 0 && Number.isFinite(speed))) {
    throw new InvalidArgumentError("Write how many times faster than the trace, such as 10, or max.");
  }
  // Commander takes null for an option without a value, so "max" is a number too.
  return text === "max" ? Number.POSITIVE_INFINITY : speed;
}

function parseConcurrency(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError("Write a number from 1 to 9999.");
  return Number(text);
}

function parseAt(text: string): Date {
  const time = new Date(text);
  if (!/(Z|[+-]\d{2}:\d{2})$/.test(text) || Number.isNaN(time.getTime())) {
    throw new InvalidArgumentError("Write a time with its zone, such as 2030-01-01T00:00:00Z.");
  }
  return time;
}

const program = new Command("replay")
  .description("Sends a trace (TIMESTAMP, ContextTokens, GeneratedTokens) as hold + settle, and reconciles.")
  .argument("<file>", "a CSV file")
  .requiredOption("--model <name>", "the model that every call names")
  .option("--endpoint <name>", "the endpoint", "chat")
  .option("--speed <factor>", "how many times faster than the trace, or max", parseSpeed, Number.POSITIVE_INFINITY)
  .option("--organization <id>", "org_… or its external id (default: the demo's)")
  .option("--at [time]", "keep the times of the trace, moved so that it ends now or starts then", parseAt)
  .option("--concurrency <count>", "calls at a time", parseConcurrency, 64)
  .option("--url <url>", "the server (default: the running npm start)")
  .option("--catalogue <name>", "the price list to check against (default: the running server's)")
  .action(run);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof Mistake)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
