/** The same key and body always get the same answer; the same key with another body is refused and changes nothing. */
import { describe, expect, it } from "vitest";
import { revokeKey } from "@/lib/accounts";
import { applyCatalogue, startCatalogue } from "@/lib/catalogue";
import { charge, hold, refund, release, settle } from "@/lib/gate";
import { Coalescer } from "@/lib/gate/coalescer";
import { newId } from "@/lib/kernel/ids";
import { grant, subscribe } from "@/lib/ledger";
import { many, operation, spend } from "../fixtures/call";
import { creditCatalogue, installation } from "../fixtures/catalogue";
import { ownerRows, stateOf } from "../fixtures/ledger";
import { keyOf, organization } from "../fixtures/organization";

const ctx = await installation();

const REUSED = { code: "validation_failed", status: 422, details: { field: "Idempotency-Key" } };
const used = (credits: number) => ({ quantities: { credit: BigInt(credits) } });

describe("an idempotency key", () => {
  it("opens one hold for fifty requests at once, which get equal responses", async () => {
    const who = await organization(ctx, { credit: 1_000n });
    const answers = await Promise.all(many(50, () => hold(ctx, { ...spend(who, 3), idempotencyKey: "same" })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await stateOf(who)).toMatchObject({ held: 3, holds: ["open"] });
  });

  it("charges once through two processes", async () => {
    const who = await organization(ctx, { credit: 1_000n });
    const processes = [new Coalescer(ctx.db, 2, 400), new Coalescer(ctx.db, 2, 400)];
    const call = { kind: "charge" as const, idempotencyKey: "same", requestHash: newId(), price: 3n };
    const outcomes = await Promise.all(many(50, (i) => processes[i % 2]?.submit(operation(who.organizationId, call))));
    expect(outcomes.filter((outcome) => outcome?.code === "ok")).toHaveLength(1);
    expect(
      new Set(outcomes.map((outcome) => `${outcome?.id} ${outcome?.available} ${outcome?.transactionSeq}`)).size,
    ).toBe(1);
    expect(await stateOf(who)).toMatchObject({ remaining: 997 });
  });
});

describe("a response", () => {
  it("is repeated to the byte, whatever happened since", async () => {
    const who = await organization(ctx, { credit: 100n });
    const first = spend(who, 10);
    const held = await hold(ctx, { ...first, idempotencyKey: "hold" });
    const other = await hold(ctx, { ...first, idempotencyKey: "other" });
    const steps = [
      () => hold(ctx, { ...first, idempotencyKey: "hold" }),
      () => settle(ctx, { id: held.id, ...used(4), idempotencyKey: "settle" }),
      () => release(ctx, { id: other.id, idempotencyKey: "release" }),
      () => charge(ctx, { ...first, idempotencyKey: "charge" }),
      () => charge(ctx, { ...spend(who, 0), idempotencyKey: "free" }),
      () => refund(ctx, { id: held.id, amount: "1", reason: "failed", idempotencyKey: "refund" }),
    ];
    const answers = [];
    for (const step of steps) answers.push(JSON.stringify(await step()));
    expect(answers[0]).toBe(JSON.stringify(held));
    const before = await stateOf(who);
    for (const [i, step] of steps.entries()) expect(JSON.stringify(await step())).toBe(answers[i]);
    expect(await stateOf(who)).toEqual(before);
  });

  it("is kept for successes only: a refused call is decided again", async () => {
    const who = await organization(ctx, { credit: 1n });
    const call = { ...spend(who, 5), idempotencyKey: "later" };
    await expect(charge(ctx, call)).rejects.toMatchObject({ code: "insufficient_credits" });
    await grant(who.ctx, { amount: 9n, reason: "more", idempotencyKey: "more" });
    expect(await charge(ctx, call)).toMatchObject({ cost: "5", available: "5" });
  });

  it("is repeated after its API key was revoked, and a new call is refused", async () => {
    const who = await organization(ctx, { credit: 100n });
    const key = await keyOf(who);
    const call = { ...spend(key, 5), idempotencyKey: "once" };
    const [charged, held] = [await charge(ctx, call), await hold(ctx, call)];
    await revokeKey(who.ctx, { id: key.id });
    expect(await charge(ctx, call)).toEqual(charged);
    expect(await hold(ctx, call)).toEqual(held);
    await expect(hold(ctx, { ...call, idempotencyKey: "new" })).rejects.toMatchObject({ code: "unauthenticated" });
    // The hold that is open still ends: what was used is paid.
    expect(await settle(ctx, { id: held.id, ...used(2) })).toMatchObject({ cost: "2" });
  });
});

describe("an idempotency key that is reused", () => {
  it("is refused for another body, and nothing changes", async () => {
    const who = await organization(ctx, { credit: 100n });
    await hold(ctx, { ...spend(who, 3), idempotencyKey: "k" });
    await charge(ctx, { ...spend(who, 3), idempotencyKey: "k" });
    await charge(ctx, { ...spend(who, 0), idempotencyKey: "free" });
    const before = await stateOf(who);
    for (const verb of [hold, charge]) {
      await expect(verb(ctx, { ...spend(who, 4), idempotencyKey: "k" })).rejects.toMatchObject(REUSED);
    }
    await expect(charge(ctx, { ...spend(who, 3), idempotencyKey: "free" })).rejects.toMatchObject(REUSED);
    expect(await stateOf(who)).toEqual(before);
  });

  it("is refused for the end of another hold, even when one of them cost nothing", async () => {
    const who = await organization(ctx, { credit: 100n });
    const open = async () => (await hold(ctx, { ...spend(who, 5), idempotencyKey: newId() })).id;
    for (const [first, second] of [
      [5, 5],
      [0, 5],
      [5, 0],
      [0, 0],
    ] as const) {
      const idempotencyKey = `settle ${first} ${second}`;
      await settle(ctx, { id: await open(), ...used(first), idempotencyKey });
      const other = await open();
      await expect(settle(ctx, { id: other, ...used(second), idempotencyKey })).rejects.toMatchObject(REUSED);
      await release(ctx, { id: other, idempotencyKey: newId() });
    }
    await release(ctx, { id: await open(), idempotencyKey: "release" });
    const other = await open();
    await expect(release(ctx, { id: other, idempotencyKey: "release" })).rejects.toMatchObject(REUSED);
    const states = (await stateOf(who)).holds;
    expect(states.filter((state) => state === "open")).toHaveLength(1);
  });

  it("is refused for the same hold with other quantities, and for another verb", async () => {
    const who = await organization(ctx, { credit: 100n });
    const { id } = await hold(ctx, { ...spend(who, 5), idempotencyKey: "h" });
    await settle(ctx, { id, ...used(5), idempotencyKey: "k" });
    await expect(settle(ctx, { id, ...used(4), idempotencyKey: "k" })).rejects.toMatchObject(REUSED);
    await expect(release(ctx, { id, idempotencyKey: "k" })).rejects.toMatchObject(REUSED);
    const ended = { code: "conflict", details: { state: "settled" } };
    await expect(settle(ctx, { id, ...used(5), idempotencyKey: "other" })).rejects.toMatchObject(ended);
    await expect(settle(ctx, { id, ...used(5) })).rejects.toMatchObject(ended);
  });

  it("is refused in the batch that has its twin, and the rest of the batch is not", async () => {
    const who = await organization(ctx, { credit: 100n });
    const holds = await Promise.all(many(10, (i) => hold(ctx, { ...spend(who, 1), idempotencyKey: `h${i}` })));
    const key = (i: number) => (i === 3 || i === 7 ? "twin" : `s${i}`);
    const ends = await Promise.allSettled(
      holds.map(({ id }, i) => settle(ctx, { id, ...used(1), idempotencyKey: key(i) })),
    );
    const refused = ends.flatMap((end, i) => (end.status === "rejected" ? [[i, end.reason.code]] : []));
    expect(refused).toEqual([[7, "validation_failed"]]);
  });
});

describe("a changed price", () => {
  it("follows the plan that runs when the call is decided", async () => {
    const who = await organization(ctx, { credit: 1_000n });
    expect(await charge(ctx, { ...spend(who, 10), idempotencyKey: "before" })).toMatchObject({ cost: "10" });
    const [, ...charged] = await Promise.all([
      subscribe(who.ctx, { plan: "discounted", idempotencyKey: "plan" }),
      ...many(30, (i) => charge(ctx, { ...spend(who, 10), idempotencyKey: `race ${i}` })),
    ]);
    // Twelve discounted calls use the allowance up; the thirteenth is paid by both, at both prices.
    for (const { cost, funding } of charged) {
      if (funding.plan === "0") expect(cost).toBe("10");
      else if (funding.prepaid === "0") expect(cost).toBe("8");
      else expect({ cost, funding }).toEqual({ cost: "9", funding: { plan: "4", prepaid: "5" } });
    }
    const [events] = await ownerRows<{ wrong: string }>(
      `SELECT count(*) AS wrong FROM ledger.usage_event WHERE organization_id = $1
       AND (discount_percent = 0) <> (cost_plan = 0) AND cost_plan > 0`,
      [who.organizationId],
    );
    expect(events?.wrong).toBe("0");
    expect((await charge(ctx, { ...spend(who, 10), idempotencyKey: "before" })).cost).toBe("10");
  });

  it("does not stop a call from being repeated, nor a hold from being settled", async () => {
    const who = await organization(ctx, { credit: 100n });
    const call = { ...spend(who, 5), idempotencyKey: "k" };
    const [held, charged] = [await hold(ctx, call), await charge(ctx, call)];
    const gone = creditCatalogue().replace("endpoint: call, model: m", "endpoint: call, model: successor");
    await applyCatalogue(ctx, { text: gone, fileName: "calls" });
    await startCatalogue(ctx.db);
    expect(await hold(ctx, call)).toEqual(held);
    expect(await charge(ctx, call)).toEqual(charged);
    await expect(charge(ctx, { ...call, idempotencyKey: "new" })).rejects.toMatchObject({ code: "validation_failed" });
    expect(await settle(ctx, { id: held.id, ...used(2) })).toMatchObject({ cost: "2", released: "3" });
    await applyCatalogue(ctx, { text: creditCatalogue(), fileName: "calls" });
    await startCatalogue(ctx.db);
  });
});
