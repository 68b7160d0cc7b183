/** Calls that arrive together, in one process and in two, never get more than there is. */
import { beforeAll, describe, expect, it } from "vitest";
import { charge, expireHolds, hold } from "@/lib/gate";
import { Coalescer } from "@/lib/gate/coalescer";
import type { Operation, Outcome } from "@/lib/gate/operation";
import { many, operation, outcomes, spend } from "../fixtures/call";
import { installation } from "../fixtures/catalogue";
import { asOwner, brokenInvariants, ownerRows, stateOf } from "../fixtures/ledger";
import { keyOf, organization } from "../fixtures/organization";

/** Two processes of one installation: nothing is shared between them but the database. */
let one: Coalescer;
let two: Coalescer;

const ctx = await installation();
beforeAll(async () => {
  one = new Coalescer(ctx.db, 2, 400);
  two = new Coalescer(ctx.db, 2, 400);
});

const ok = (all: Outcome[]) => all.filter(({ code }) => code === "ok").length;

describe("credit for twenty calls", () => {
  it("lets exactly twenty of sixty holds through", async () => {
    const who = await organization(ctx, { credit: 20n });
    const { answers, refused } = await outcomes(
      many(60, (i) => hold(ctx, { ...spend(who, 1), idempotencyKey: `k${i}` })),
    );
    expect(answers).toHaveLength(20);
    expect(refused).toEqual(many(40, () => "insufficient_credits"));
    expect(await stateOf(who)).toMatchObject({ remaining: 20, held: 20 });
    expect(new Set(answers.map(({ available }) => available)).size).toBe(20);
  });

  it("lets exactly twenty through two processes", async () => {
    const who = await organization(ctx, { credit: 20n });
    const all = await Promise.all(
      many(60, (i) => (i % 2 ? one : two).submit(operation(who.organizationId, { kind: i % 3 ? "hold" : "charge" }))),
    );
    expect(ok(all)).toBe(20);
    const { remaining, held } = await stateOf(who);
    expect(remaining - held).toBe(0);
  });

  it("lets a later call that fits through after one that does not", async () => {
    const who = await organization(ctx, { credit: 10n });
    const { answers, refused } = await outcomes(
      [8, 5, 2].map((credits) => charge(ctx, { ...spend(who, credits), idempotencyKey: `k${credits}` })),
    );
    expect(answers.map(({ cost }) => cost)).toEqual(["8", "2"]);
    expect(refused).toEqual(["insufficient_credits"]);
  });
});

describe("a key's limit", () => {
  it("is never exceeded by calls that arrive together", async () => {
    const who = await organization(ctx, { credit: 1_000n });
    const key = await keyOf(who, { limits: { day: 100n } });
    const { answers, refused } = await outcomes(
      many(60, (i) => {
        const call = { ...spend({ ...who, ...key }, 30), idempotencyKey: `k${i}` };
        return i % 2 ? hold(ctx, call) : charge(ctx, call);
      }) as Promise<{ id: string }>[],
    );
    expect(answers).toHaveLength(3);
    expect(new Set(refused)).toEqual(new Set(["key_limit_exceeded"]));
  });

  it("is never exceeded through two processes either", async () => {
    const who = await organization(ctx, { credit: 1_000n });
    const { keyId } = await keyOf(who, { limits: { total: 7n } });
    const all = await Promise.all(
      many(60, (i) =>
        (i % 2 ? one : two).submit(operation(who.organizationId, { keyId, kind: i % 3 ? "charge" : "hold" })),
      ),
    );
    expect(ok(all)).toBe(7);
  });
});

/** Ends one hold in all three ways at once, from both processes and the sweeper; tells who won. */
async function endInEveryWay(organizationId: string, opened: Outcome): Promise<string> {
  await ownerRows("UPDATE hold SET expires_at = now() - interval '1 second' WHERE id = $1", [opened.id]);
  const ending = (own: Partial<Operation>) => operation(organizationId, { id: opened.id, ...own });
  const tries = many(6, (i) => {
    const kind = i % 2 ? ("settle" as const) : ("release" as const);
    return (i % 4 < 2 ? one : two).submit(ending({ kind, price: kind === "settle" ? 3n : 0n, quantities: "{3}" }));
  });
  const [ended, ...calls] = await Promise.all([expireHolds(ctx), ...tries]);
  const won = calls.filter(({ code }) => code === "ok");
  const [row] = await ownerRows<{ state: string }>("SELECT state FROM hold WHERE id = $1", [opened.id]);
  for (const call of calls) if (call.code !== "ok") expect(call).toMatchObject({ code: "ended", detail: row?.state });
  expect(won).toHaveLength(row?.state === "expired" ? 0 : 1);
  if (row?.state !== "expired") expect(ended).toBe(0);
  return row?.state ?? "";
}

describe("a hold", () => {
  it("ends exactly once when settles, releases and sweeps arrive at the same time", async () => {
    const who = await organization(ctx, { credit: 1_000n });
    const states: string[] = [];
    for (let round = 0; round < 12; round += 1) {
      const opened = await one.submit(operation(who.organizationId, { price: 10n }));
      states.push(await endInEveryWay(who.organizationId, opened));
    }
    const settled = states.filter((state) => state === "settled").length;
    const after = await stateOf(who);
    expect(after.holds).toEqual(states);
    expect(after).toMatchObject({ remaining: 1_000 - 3 * settled, held: 0, entries: 0 });
  });

  it("counts for nothing after its expiry, and can be settled until it is swept", async () => {
    const who = await organization(ctx, { credit: 10n });
    const opened = await one.submit(operation(who.organizationId, { price: 10n }));
    await ownerRows("UPDATE hold SET expires_at = now() - interval '1 second' WHERE id = $1", [opened.id]);
    const settle = operation(who.organizationId, { kind: "settle", id: opened.id, price: 4n });
    expect(await two.submit(settle)).toMatchObject({ code: "ok", amount: 4n, released: 6n, available: 6n });
  });
});

describe("a change of a customer's terms", () => {
  it("takes the same lock as calls: a limit that is lowered refuses every call after it", async () => {
    const who = await organization(ctx, { credit: 1_000n });
    const { keyId } = await keyOf(who, { limits: { total: 1_000n } });
    await asOwner(async (client) => {
      await client.query("BEGIN");
      await client.query("SELECT ledger.set_key_limits($1, $2, 5, NULL, NULL, NULL)", [who.organizationId, keyId]);
      // The calls wait for the change that is not committed yet, and are decided after it.
      const calls = many(20, () => one.submit(operation(who.organizationId, { keyId })));
      await client.query("COMMIT");
      expect(ok(await Promise.all(calls))).toBe(5);
    });
  });
});

describe("the ledger", () => {
  it("is sound after all of this", async () => {
    const broken = await brokenInvariants(ctx);
    expect(broken.map(({ name, rows }) => ({ name, rows }))).toEqual([]);
  });
});
