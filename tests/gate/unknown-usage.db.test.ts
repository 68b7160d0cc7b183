/** Usage that is missing is not usage of zero. */
import { beforeAll, describe, expect, it } from "vitest";
import { applyCatalogue, startCatalogue } from "@/lib/catalogue";
import { batch, charge, hold, quote, settle } from "@/lib/gate";
import { settleRequest } from "@/lib/gate/schema";
import { newId } from "@/lib/kernel/ids";
import { listEvents } from "@/lib/usage";
import { eventsQuery } from "@/lib/usage/schema";
import { spend } from "../fixtures/call";
import { creditCatalogue, installation } from "../fixtures/catalogue";
import { brokenInvariants, stateOf } from "../fixtures/ledger";
import { organization } from "../fixtures/organization";

const METERED = `meters:
  - { name: credit, label: credits }
  - { name: token, label: tokens }
  - { name: prompt, label: prompts, known: before }
  - { name: request, label: requests }
prices:
  - { endpoint: chat, model: m, components: [{ meter: prompt, amount: "2" }, { meter: token, amount: "3" }], uncharged: [credit] }
  - { endpoint: count, model: m, components: [{ meter: request, amount: "5" }, { meter: token, amount: "1" }] }
  - { endpoint: write, model: m, components: [{ meter: token, amount: "3" }] }`;
const metered = (more = "") => {
  const [head = "", tail = ""] = creditCatalogue().split("meters:");
  const rest = tail.slice(tail.indexOf("  - { endpoint: call"));
  return `${head}${METERED}\n${rest}${more}`;
};

const ctx = await installation();
beforeAll(async () => {
  await applyCatalogue(ctx, { text: metered(), fileName: "calls" });
  await startCatalogue(ctx.db);
});

const call = (who: { id: string }, endpoint: string, quantities: Record<string, bigint>) => ({
  organization: who.id,
  endpoint,
  model: "m",
  quantities,
  idempotencyKey: newId(),
});

describe("a call without any of its price's meters", () => {
  it("is refused with the meters' names, as a charge, a hold and a settle, and changes nothing", async () => {
    const who = await organization(ctx, { credit: 100n });
    const missing = { code: "validation_failed", status: 422, details: { meters: ["prompt", "token"] } };
    await expect(charge(ctx, call(who, "chat", {}))).rejects.toMatchObject(missing);
    await expect(charge(ctx, call(who, "chat", { credit: 7n }))).rejects.toMatchObject(missing);
    await expect(hold(ctx, call(who, "chat", {}))).rejects.toMatchObject(missing);
    const { id } = await hold(ctx, call(who, "chat", { prompt: 3n, token: 4n }));
    await expect(settle(ctx, { id, quantities: {} })).rejects.toMatchObject(missing);
    const [result] = await batch(ctx, { items: [{ operation: "settle", id, quantities: {} }] });
    expect(result).toMatchObject({ error: missing });
    expect(await stateOf(who)).toMatchObject({ remaining: 100, held: 18, holds: ["open"] });
  });

  it("costs nothing where its counts are said to be zero", async () => {
    const who = await organization(ctx, { credit: 100n });
    expect(await charge(ctx, call(who, "chat", { prompt: 0n }))).toMatchObject({ cost: "0", transaction: null });
  });

  it("is one request where the price counts requests, in a quote, a hold, a settle and a charge", async () => {
    const who = await organization(ctx, { credit: 100n });
    const input = call(who, "count", {});
    expect((await quote(ctx, { organization: who.id, endpoint: "count", model: "m", quantities: {} })).cost).toBe("5");
    expect((await charge(ctx, input)).cost).toBe("5");
    const { id, ceiling } = await hold(ctx, { ...input, idempotencyKey: newId() });
    expect(ceiling).toBe("5");
    expect((await settle(ctx, { id, quantities: {} })).cost).toBe("5");
  });
});

describe("unknown usage", () => {
  it("costs the ceiling with the declared quantities, is repeated the same, and is listed for review", async () => {
    const who = await organization(ctx, { credit: 100n, plan: "discounted" });
    const { id, ceiling, funding } = await hold(ctx, call(who, "chat", { prompt: 10n, token: 35n }));
    const ending = { id, usage: "unknown" as const, idempotencyKey: newId() };
    const settled = await settle(ctx, ending);
    expect(settled).toMatchObject({ state: "settled", cost: ceiling, released: "0", waived: "0", funding });
    expect(await settle(ctx, ending)).toEqual(settled);
    await expect(settle(ctx, { ...ending, usage: undefined, quantities: { token: 1n } })).rejects.toMatchObject({
      status: 422,
    });
    await charge(ctx, { ...spend(who, 1), idempotencyKey: newId() });
    const own = { ...who.ctx, now: new Date() };
    const review = await listEvents(own, eventsQuery.parse({ usage: "unknown" }));
    expect(review.data).toMatchObject([{ usage: "unknown", cost: ceiling, quantities: { prompt: 10, token: 35 } }]);
    expect((await listEvents(own, eventsQuery.parse({}))).data.map(({ usage }) => usage)).toEqual([
      "reported",
      "unknown",
    ]);
  });

  it("costs the declared input where the catalogue says so, and the ceiling where no input is charged", async () => {
    await applyCatalogue(ctx, { text: metered("unknownUsage: input\n"), fileName: "calls" });
    await startCatalogue(ctx.db);
    const who = await organization(ctx, { credit: 100n });
    const chat = await hold(ctx, call(who, "chat", { prompt: 10n, token: 5n }));
    expect(await settle(ctx, { id: chat.id, usage: "unknown" })).toMatchObject({ cost: "20", released: "15" });
    const write = await hold(ctx, call(who, "write", { token: 5n }));
    expect(await settle(ctx, { id: write.id, usage: "unknown" })).toMatchObject({ cost: "15", released: "0" });
  });

  it("is stated alone: never beside quantities or options, and never by leaving both out", () => {
    const good = [{ usage: "unknown" }, { quantities: {} }, { quantities: { token: 1 }, options: { fast: true } }];
    for (const body of good) expect([body, settleRequest.safeParse(body).success]).toEqual([body, true]);
    const bad = [
      {},
      { usage: "none" },
      { usage: "unknown", quantities: {} },
      { usage: "unknown", options: {} },
      { options: {} },
    ];
    for (const body of bad) expect([body, settleRequest.safeParse(body).success]).toEqual([body, false]);
  });
});

describe("the ledger", () => {
  it("is sound after all of this", async () => {
    expect(await brokenInvariants(ctx)).toEqual([]);
  });
});
