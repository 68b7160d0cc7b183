/** Random histories of one organization, the same in the reference model and in PostgreSQL, answer by answer. */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { applyCatalogue, startCatalogue } from "@/lib/catalogue";
import { verifyLedger } from "@/lib/ledger";
import type { InstallationContext } from "@/lib/platform/context";
import { database } from "@/lib/platform/db";
import { creditCatalogue } from "../fixtures/catalogue";
import type { Real } from "./command";
import { commands, limitKey, limits, plan } from "./commands";
import type { Key } from "./parts";
import { Reference } from "./reference";
import { Subject } from "./subject";

/** Histories, however long they take: a count of seconds would say more of the machine than of the ledger. */
const RUNS = 80;
const LONGEST_MS = 300_000;
const START = Date.UTC(2026, 0, 29, 22, 10);
const ZONES = [
  ["UTC", 0],
  ["Asia/Kathmandu", 345],
] as const;
/** Rules that ask what time it is now; here the time is the test's. */
const BY_THE_CLOCK = new Set(["debt", "holds_overdue", "limits"]);
let ctx: InstallationContext;

beforeAll(async () => {
  ctx = { actor: { type: "operator" }, now: new Date(START), db: database() };
  await applyCatalogue(ctx, { text: creditCatalogue({ settlement: "actual" }), fileName: "calls" });
  await startCatalogue(ctx.db);
  await ctx.db.operator.query("SELECT ledger.ensure_partitions($1, $2)", [ctx.now, "2031-01-01"]);
});

/** An organization begins with a plan or without, with some credit and with limits on its first key, or without. */
const beginning = fc.record({
  zone: fc.constantFrom(...ZONES),
  plan: fc.option(plan, { freq: 3 }),
  credit: fc.bigInt({ min: 1n, max: 400n }),
  limits: fc.option(limits),
});
type Beginning = typeof beginning extends fc.Arbitrary<infer T> ? T : never;

async function begin({ zone, plan, credit, limits }: Beginning): Promise<{ model: Reference; real: Real }> {
  const subject = await Subject.make(ctx, zone[0], 2);
  const keys: Key[] = subject.keys.map(() => ({ limits: {}, owner: null, moves: [] }));
  const real: Real = {
    subject,
    keys,
    members: subject.members.map(() => ({ limits: {} })),
    holds: [],
    paid: [],
    sent: [],
  };
  const model = new Reference(START, zone[1], keys);
  if (plan) {
    await subject.subscribe(ctx.now, plan);
    model.subscribe(plan);
  }
  model.now += 1;
  await subject.give(new Date(model.now), "purchased", credit, 0, null);
  model.give("purchased", credit, 0, null);
  if (limits) await limitKey(real, 0, limits);
  return { model, real };
}

describe("the ledger and its model", () => {
  it(
    "agree on every outcome and every balance",
    async () => {
      const history = fc.commands(commands, { size: "+1", maxCommands: 60 });
      await fc.assert(
        fc.asyncProperty(beginning, history, async (first, later) => {
          const state = await begin(first);
          await fc.asyncModelRun(() => state, later);
        }),
        { numRuns: RUNS },
      );
    },
    LONGEST_MS,
  );

  it("leave a ledger in which every rule holds", async () => {
    const broken = (await verifyLedger(ctx)).filter(({ name, rows }) => rows.length > 0 && !BY_THE_CLOCK.has(name));
    expect(broken.map(({ name, rows }) => ({ name, rows: rows.slice(0, 3) }))).toEqual([]);
  });
});
