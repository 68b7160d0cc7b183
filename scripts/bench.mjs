/**
 * `npm run bench`: what the gate does on this machine, load generator included, against two baselines in the same run:
 * an echo of the same body by the same server, and a plain implementation on the same database. PostgreSQL is its own,
 * with every commit on disk. Prints a table and one JSON line; exit 1 when a call fails or the ledger does not verify.
 */
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { generate, install } from "./install.mjs";
import { SERVER } from "./serve.mjs";
import { fail, Problem, runQuietly, say } from "./step.mjs";

const FLOORS = {
  pairsPerEcho: 0.25,
  hotPairsPerEcho: 0.25,
  chargesPerEcho: 0.35,
  hotChargesPerEcho: 0.35,
  hotPairsPerPlain: 8,
};
const P99_MS = 50;
/** The most that the server may have grown between the first and the last third of the measured time. */
const GROWTH = 1.2;
const SAMPLE_MS = 1_000;

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "5" },
    rounds: { type: "string", default: "3" },
    connections: { type: "string", default: "512" },
  },
});
const settings = {
  seconds: Number(values.seconds),
  rounds: Number(values.rounds),
  connections: Number(values.connections),
};
const running = new Set();
process.once("exit", () => {
  for (const one of running) one.kill("SIGKILL");
});

function child(args, env) {
  const made = spawn(process.execPath, args, {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: { ...process.env, ...env },
  });
  running.add(made);
  made.once("exit", () => running.delete(made));
  const port = new Promise((resolve, reject) => {
    made.once("exit", (code) => reject(new Problem(`${args.at(-1)} ended by itself (${code}).`)));
    made.once("message", (message) => resolve(message.port));
  });
  return {
    pid: made.pid,
    port,
    stop: () => new Promise((resolve) => made.once("exit", resolve) && made.kill("SIGTERM")),
  };
}

/** Resident memory in megabytes, from Linux's own account; undefined elsewhere. */
function residentMegabytes(pid) {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024);
  } catch {
    return undefined;
  }
}

async function load(options) {
  const { output } = await runQuietly("load", process.execPath, [
    "bench/load.mjs",
    JSON.stringify({ ...settings, ...options }),
  ]);
  const result = JSON.parse(output.trim().split("\n").at(-1));
  if (result.failed > 0) throw new Problem(`${result.failed} requests of "${options.workload}" failed.`);
  return { perSecond: result.answered / result.seconds, latency: result.latency };
}

/** Autovacuum and the next checkpoint would do this within some minutes. */
async function settle(connectionString) {
  say("Writing and clearing what the full load left …");
  const { Client } = await import("pg").then((module) => module.default);
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query("VACUUM (ANALYZE)");
    await client.query("CHECKPOINT");
  } finally {
    await client.end();
  }
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/**
 * Name, server, workload, organizations, and how many requests one of it takes. The plain ones come last, because
 * PostgreSQL cleans up after them for a while.
 */
const WORKLOADS = [
  ["echo", "gate", "echo", "many", 1],
  ["pairs", "gate", "pairs", "many", 2],
  ["hotPairs", "gate", "pairs", "hot", 2],
  ["charges", "gate", "charges", "many", 1],
  ["hotCharges", "gate", "charges", "hot", 1],
  ["plainPairs", "plain", "plain", "many", 2],
  ["hotPlainPairs", "plain", "plain", "hot", 2],
];
/** The same at half of the rate that the named workload reached: as many requests as it had pairs. */
const AT_HALF = [
  ["pairsAtHalf", "gate", "pairs", "many", 2, "pairs"],
  ["hotPairsAtHalf", "gate", "pairs", "hot", 2, "hotPairs"],
];

/** Several short rounds, so that a disturbance of the machine affects every workload. Returns a list of rounds. */
async function repeat(what, workloads, options) {
  const rounds = [];
  for (let round = 1; round <= settings.rounds; round++) {
    const found = {};
    for (const [name, server, workload, target, requests, of] of workloads) {
      const { perSecond, latency } = await load({ ...options(server, of), workload, target });
      found[name] = { perSecond: perSecond / requests, p50: latency.p50, p99: latency.p99 };
    }
    rounds.push(found);
    const line = workloads.map(([name]) => `${name} ${Math.round(found[name].perSecond)} (${found[name].p99} ms)`);
    say(`${what}, round ${round} of ${settings.rounds}, per second (p99): ${line.join("  ")}`);
  }
  return rounds;
}

/**
 * Full load first, then half of it. Between them what the full load left to write is written: the half is measured as a
 * day of that load would be, not as the minute after twice of it. Returns a list of rounds.
 */
async function measure(urls, facts, flush) {
  say("Warming up …");
  for (const [, server, workload, target] of WORKLOADS) {
    await load({ url: urls[server], facts, workload, target, seconds: 2 });
  }
  const full = await repeat("Full load", WORKLOADS, (server) => ({ url: urls[server], facts }));
  await flush();
  const half = await repeat("Half load", AT_HALF, (server, of) => ({
    url: urls[server],
    facts,
    rate: median(full.map((found) => found[of].perSecond)),
  }));
  return full.map((found, round) => ({ ...found, ...half[round] }));
}

/** The rounds' medians. */
function summarize(rounds) {
  const of = (name, what) => median(rounds.map((round) => round[name][what]));
  return Object.fromEntries(
    [...WORKLOADS, ...AT_HALF].map(([name]) => [
      name,
      { perSecond: Math.round(of(name, "perSecond")), p50: of(name, "p50"), p99: of(name, "p99") },
    ]),
  );
}

/** A ratio is the median of the rounds' own ratios. */
function judge(rounds, found, memory) {
  const ratio = (a, b) => Number(median(rounds.map((round) => round[a].perSecond / round[b].perSecond)).toFixed(3));
  const ratios = {
    pairsPerEcho: ratio("pairs", "echo"),
    hotPairsPerEcho: ratio("hotPairs", "echo"),
    chargesPerEcho: ratio("charges", "echo"),
    hotChargesPerEcho: ratio("hotCharges", "echo"),
    hotPairsPerPlain: ratio("hotPairs", "hotPlainPairs"),
  };
  const third = Math.floor(memory.length / 3);
  const [early, late] = [median(memory.slice(0, third)), median(memory.slice(-third))];
  const p99 = Math.max(found.pairsAtHalf.p99, found.hotPairsAtHalf.p99);
  const reached = {
    ...Object.fromEntries(Object.entries(FLOORS).map(([name, floor]) => [name, ratios[name] >= floor])),
    p99AtHalf: p99 <= P99_MS,
    memoryFlat: early === undefined || late <= early * GROWTH,
  };
  return { ratios, p99AtHalfMs: p99, memoryMegabytes: { early, late }, reached };
}

function table(found, { ratios, p99AtHalfMs, memoryMegabytes: { early, late }, reached }) {
  const percent = (value) => `${(value * 100).toFixed(1)} %`;
  const rates = Object.entries(found).map(
    ([name, { perSecond, p50, p99 }]) =>
      `  ${name.padEnd(16)} ${String(perSecond).padStart(8)}/s   p50 ${String(p50).padStart(4)} ms   p99 ${String(p99).padStart(4)} ms`,
  );
  const rows = [
    ["pairs / echo, 1,000 organizations", percent(ratios.pairsPerEcho), "≥ 25 %", reached.pairsPerEcho],
    ["pairs / echo, one hot organization", percent(ratios.hotPairsPerEcho), "≥ 25 %", reached.hotPairsPerEcho],
    ["charges / echo, 1,000 organizations", percent(ratios.chargesPerEcho), "≥ 35 %", reached.chargesPerEcho],
    ["charges / echo, one hot organization", percent(ratios.hotChargesPerEcho), "≥ 35 %", reached.hotChargesPerEcho],
    [
      "pairs / plain, one hot organization",
      `${ratios.hotPairsPerPlain.toFixed(1)} ×`,
      "≥ 8 ×",
      reached.hotPairsPerPlain,
    ],
    ["p99 at half the highest load", `${p99AtHalfMs} ms`, `≤ ${P99_MS} ms`, reached.p99AtHalf],
    ["server's memory, early and late", `${early} → ${late} MB`, "flat", reached.memoryFlat],
  ];
  const verdicts = rows.map(
    ([name, value, floor, ok]) =>
      `  ${name.padEnd(38)} ${value.padStart(14)}   ${floor.padEnd(9)} ${ok ? "reached" : "missed"}`,
  );
  return [...rates, "", ...verdicts].join("\n");
}

async function main(folder) {
  await install();
  await generate();
  const { startPostgres } = await import("./postgres.mjs");
  const { migrate } = await import("./migrate.mjs");
  say("Starting PostgreSQL with durable commits …");
  const postgres = await startPostgres({ folder });
  try {
    const facts = path.join(folder, "facts.json");
    const env = {
      DATABASE_URL: postgres.url("tollgate_bench"),
      CATALOGUE: "apertis",
      LOG_LEVEL: "warn",
      NODE_ENV: "production",
    };
    await migrate({ databaseUrl: env.DATABASE_URL });
    const typescript = ["--conditions=react-server", "--import", "tsx"];
    say("Making 1,001 organizations …");
    await runQuietly("organizations", process.execPath, [...typescript, "bench/prepare.ts", facts], { env });
    const server = { BENCH: "1", ROLE: "gate", PORT: "0", AUTH_SECRET: "b".repeat(43) };
    const gate = child(SERVER, {
      ...env,
      ...server,
    });
    const plain = child([...typescript, "bench/plain-server.ts"], env);
    const urls = { gate: `http://127.0.0.1:${await gate.port}`, plain: `http://127.0.0.1:${await plain.port}` };
    const memory = [];
    const sampler = setInterval(() => memory.push(residentMegabytes(gate.pid)), SAMPLE_MS);
    const rounds = await measure(urls, facts, () => settle(env.DATABASE_URL));
    const found = summarize(rounds);
    clearInterval(sampler);
    await Promise.all([gate.stop(), plain.stop()]);
    const verdict = judge(rounds, found, memory);
    console.log(`\n${table(found, verdict)}\n`);
    say("Verifying the ledger …");
    const checked = await runQuietly(
      "ledger:verify",
      process.execPath,
      [...typescript, "scripts/cli/ledger-verify.ts"],
      { env },
    );
    say(checked.output.trim().split("\n").at(-1));
    console.log(JSON.stringify({ cpus: cpus().length, node: process.version, ...settings, found, ...verdict }));
  } finally {
    for (const one of running) one.kill("SIGTERM");
    await postgres.stop();
  }
}

process.chdir(path.join(import.meta.dirname, ".."));
const folder = mkdtempSync(path.join(tmpdir(), "tollgate-bench-"));
chmodSync(folder, 0o755); // Started by root, PostgreSQL is another user's and must reach its data.
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));
main(folder).catch(fail);
