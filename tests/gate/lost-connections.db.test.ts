/** Every connection of the server is ended again and again under load: a restart of PostgreSQL, a failover. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createGatewaySecret, listKeys, listMembers, listOrganizations } from "@/lib/accounts";
import { refusal } from "@/lib/adapters/http/problem";
import { verifyLedger } from "@/lib/ledger";
import { serve } from "@/scripts/serve.mjs";
import { many } from "../fixtures/call";
import { installation } from "../fixtures/catalogue";
import { asOwner, ownerRows } from "../fixtures/ledger";
import { type Organization, organization } from "../fixtures/organization";

const ROUNDS = 100;
const CALLERS = 6;
const CREDIT = 1_000_000n;
const UNLIMITED = { RATE_LIMIT_KEY: "0", RATE_LIMIT_GATEWAY: "0", RATE_LIMIT_FAILURES: "0" };

type Server = { url: string; gone: () => unknown; stop: () => Promise<unknown> };
const ctx = await installation();
let who: Organization;
let authorization: string;
let gate: Server;
let worker: Server;

async function start(ROLE: "gate" | "worker"): Promise<Server> {
  const { DATABASE_URL = "" } = process.env;
  const settings = { DATABASE_URL, ROLE, PORT: "0", LOG_LEVEL: "silent", NODE_ENV: "production", SANDBOX: "0" };
  const { child, port } = serve({ ...settings, ...UNLIMITED });
  const gone = () => child.signalCode ?? child.exitCode;
  const ended = new Promise((resolve) => {
    child.once("exit", () => resolve(gone()));
  });
  const stop = async () => {
    child.kill("SIGTERM");
    return ended;
  };
  return { url: `http://127.0.0.1:${await port}`, gone, stop };
}

beforeAll(async () => {
  who = await organization(ctx, { credit: CREDIT });
  const { secret } = await createGatewaySecret(ctx, { name: "storm" });
  authorization = `Bearer ${secret}`;
  [gate, worker] = await Promise.all([start("gate"), start("worker")]);
});

afterAll(async () => {
  expect(await Promise.all([gate?.stop(), worker?.stop()])).toEqual([0, 0]);
});

const quantities = { credit: 1 };
const SETTLE = JSON.stringify({ quantities });
const holdOf = ({ id }: Organization) => JSON.stringify({ organization: id, endpoint: "call", model: "m", quantities });
const read = (path: string) => fetch(`${gate.url}${path}organization=${who.id}`, { headers: { authorization } });

/** Posts until it is answered: what was not answered is sent again with its key. */
async function insist(path: string, body: string, key: string): Promise<{ id: string }> {
  const headers = { authorization, "content-type": "application/json", "idempotency-key": key };
  for (;;) {
    const answer = await fetch(`${gate.url}${path}`, { method: "POST", headers, body });
    const text = await answer.text();
    if (answer.ok) return JSON.parse(text);
    expect([answer.status, answer.headers.get("retry-after")], text).toEqual([503, "1"]);
  }
}

/** What holds a connection for more than one statement, in this process: Prisma's transactions and ours. */
async function readHere(): Promise<void> {
  const work = [listOrganizations(who.ctx), listKeys(who.ctx), listMembers(who.ctx)];
  for (const result of await Promise.allSettled(work)) {
    if (result.status === "rejected") expect(refusal(result.reason, undefined).status, result.reason).toBe(503);
  }
}

const END_ALL =
  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";

/** Ends every connection but its own so many times, each time when there are any again; now and then work gets done. */
async function endAll(rounds: number, workIsDone: () => Promise<unknown>): Promise<void> {
  await asOwner(async (client) => {
    for (let round = 1; round <= rounds; ) {
      const { rowCount } = await client.query(END_ALL);
      if (rowCount) round += 1;
      await (rowCount && round % 10 === 0 ? workIsDone() : sleep(5));
    }
  });
}

const runs = async (task: string) =>
  (await ownerRows("SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = $1", [task])).length;

describe("a server that loses all its connections a hundred times under load", () => {
  it("survives, answers 503 in between, and did everything that it acknowledged exactly once", async () => {
    const kept: string[] = [];
    let acknowledged = 0;
    let over = false;
    const caller = async () => {
      while (!over) {
        const key = randomUUID();
        const hold = await insist("/v1/holds", holdOf(who), `hold-${key}`);
        await insist(`/v1/holds/${hold.id}/settle`, SETTLE, `settle-${key}`);
        kept.push(`settle-${key}`);
        acknowledged += 1;
      }
    };
    const reader = async () => {
      while (!over) {
        for (const path of ["/v1/balance?", "/v1/transactions.csv?", "/v1/usage?from=2026-01-01&to=2030-01-01&"]) {
          const answer = await read(path);
          expect([200, 503]).toContain(answer.status);
          await answer.text().catch(() => {}); // A file that is cut off is seen to be.
        }
        await readHere();
      }
    };
    const load = Promise.all([...many(CALLERS, caller), reader()]);
    const workIsDone = () => {
      const before = acknowledged;
      return vi.waitUntil(() => acknowledged > before, { timeout: 10_000, interval: 5 });
    };
    await Promise.race([endAll(ROUNDS, workIsDone), load]);
    over = true;
    await load;
    expect([gate.gone(), worker.gone()]).toEqual([null, null]);
    const rows = await ownerRows<{ key: string; times: string }>(
      `SELECT idempotency_key AS key, count(*) AS times FROM transaction
       WHERE organization_id = $1 AND type = 'deduction' GROUP BY 1`,
      [who.organizationId],
    );
    expect(rows.filter(({ times }) => times !== "1")).toEqual([]);
    expect(rows.map(({ key }) => key).sort()).toEqual([...kept].sort());
    for (const { name, rows: wrong } of await verifyLedger(ctx)) expect([name, wrong]).toEqual([name, []]);
  }, 60_000);

  it("does its jobs again", async () => {
    await ownerRows("SELECT graphile_worker.add_job('forget')");
    await expect.poll(() => runs("forget"), { timeout: 15_000 }).toBe(0);
  }, 20_000);
});
