/**
 * Fills a database with organizations of given sizes for the measurement of pages, through the gate's own batches, 1,000
 * charges each: `prepare-pages.ts FACTS 1000000 10000`. A year of calls, 40 grants and five keys each.
 */
import { writeFileSync } from "node:fs";
import { SingleBar } from "cli-progress";
import { startSession } from "@/lib/accounts/index";
import { applyCatalogue, readCatalogueText, startCatalogue, stopCatalogue } from "@/lib/catalogue/index";
import { batch, simulatedLane } from "@/lib/gate/index";
import type { BatchItem } from "@/lib/gate/schema";
import { ensurePartitions, grant } from "@/lib/ledger/index";
import { now } from "@/lib/platform/clock";
import type { InstallationContext } from "@/lib/platform/context";
import { closeDatabase, database } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { DAY_MS, midnightBefore } from "@/prisma/demo/calendar";
import { demoCall, dice } from "@/prisma/demo/calls";
import { addKey, addMember, openCustomer } from "@/prisma/demo/customer";

const DAYS = 365;
const TOGETHER = 1_000;
const GRANTS = 40;
const KEYS = 5;
const CREDIT = 1_000_000n * 1_000_000_000n;

async function customer(ctx: InstallationContext, events: number, bar: SingleBar): Promise<{ session: string }> {
  const { catalogue } = await startCatalogue(ctx.db);
  const since = midnightBefore(ctx.now, DAYS);
  const { own } = await openCustomer({ ...ctx, now: since }, `${events} events`, `events-${events}`);
  const userId = await addMember(own, { email: `owner-${events}@bench.example`, name: "Bench", role: "owner" });
  for (let n = 0; n < GRANTS; n += 1) {
    await grant(own, { amount: CREDIT, kind: "purchased", reason: "bench", idempotencyKey: `bench:${n}` });
  }
  const keys: string[] = [];
  for (let n = 0; n < KEYS; n += 1) keys.push((await addKey(own, `Key ${n}`, 1)).key);
  const roll = dice(3);
  const batches = Math.ceil(events / TOGETHER);
  const span = (DAYS * DAY_MS) / batches;
  for (let at = 0; at < batches; at += 1) {
    const count = Math.min(TOGETHER, events - at * TOGETHER);
    const from = since.getTime() + at * span;
    const end = new Date(Math.min(from + span, ctx.now.getTime() - 60_000));
    // A report may be 35 days late at most, so a small organization's batches are of a month at most.
    const width = Math.min(end.getTime() - from, 30 * DAY_MS);
    const items = Array.from({ length: count }, (_, n): BatchItem => {
      const occurredAt = new Date(end.getTime() - Math.floor(width * (1 - n / count)));
      const key = keys[Math.floor(roll() * KEYS)] as string;
      const moment = { plan: undefined, share: at / batches, count: at * TOGETHER + n };
      const call = demoCall(catalogue, moment, roll);
      return { operation: "charge", ...call, key, occurredAt, idempotencyKey: `bench:${at}:${n}` };
    });
    const gate = { db: ctx.db, actor: ctx.actor, now: end, simulatedAt: end, simulated: simulatedLane(ctx.db, end) };
    for (const outcome of await batch(gate, { items })) if ("error" in outcome) throw outcome.error;
    bar.increment(count);
  }
  const { token: session } = await startSession(ctx, { userId });
  return { session };
}

async function prepare(file: string, sizes: number[]): Promise<void> {
  const ctx: InstallationContext = { actor: { type: "operator" }, now: now(), db: database() };
  const { text, fileName } = await readCatalogueText(env().CATALOGUE);
  await applyCatalogue(ctx, { text, fileName });
  await ensurePartitions(ctx, midnightBefore(ctx.now, DAYS + 1));
  const bar = new SingleBar({
    format: "  {bar} {percentage} % | {value}/{total} events | {duration_formatted}, {eta_formatted} to go",
    noTTYOutput: true,
    notTTYSchedule: 20_000,
  });
  bar.start(
    sizes.reduce((a, b) => a + b, 0),
    0,
  );
  const customers = [];
  for (const events of sizes) customers.push({ events, ...(await customer(ctx, events, bar)) });
  bar.stop();
  writeFileSync(file, JSON.stringify({ customers }));
}

try {
  const [file = "", ...sizes] = process.argv.slice(2);
  await prepare(file, sizes.map(Number));
} finally {
  stopCatalogue();
  await closeDatabase();
}
