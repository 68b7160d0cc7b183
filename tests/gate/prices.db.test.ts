/** Prices that depend on the call: tiers by the whole prompt, periods of the week, aliases, and what nothing prices. */
import { beforeAll, describe, expect, it } from "vitest";
import { applyCatalogue, startCatalogue } from "@/lib/catalogue";
import { charge, type GateContext, hold, quote, settle } from "@/lib/gate";
import { getTransaction } from "@/lib/ledger";
import { listEvents, usage } from "@/lib/usage";
import { eventsQuery, usageQuery } from "@/lib/usage/schema";
import { creditCatalogue, installation } from "../fixtures/catalogue";
import { ownerRows, stateOf } from "../fixtures/ledger";
import { keyOf, organization } from "../fixtures/organization";

const PROMPT = "{ meters: [credit, token], BOUND }";
const tier = (amount: string, bound: string) =>
  `{ meter: token, amount: "${amount}", whenTotal: ${PROMPT.replace("BOUND", bound)} }`;
const PRICES = `periods:
  timeZone: Europe/Berlin
  list:
    - { name: peak, label: Peak hours, hours: [{ from: "08:00", to: "20:00" }] }
    - { name: off_peak, label: Off-peak }
prices:
  - { endpoint: call, model: m, components: [{ meter: credit, amount: "1" }] }
  - endpoint: prompt
    model: long
    aliases: [long-2026-11-01]
    components: [{ meter: credit, amount: "1" }, ${tier("3", "upTo: 100")}, ${tier("6", "above: 100")}]
  - endpoint: prompt
    model: hourly
    components: [{ meter: token, amount: "2", whenPeriod: peak }, { meter: token, amount: "1", whenPeriod: off_peak }]
`;

const ctx = await installation();
beforeAll(async () => {
  const text = creditCatalogue()
    .replace("prices:\n", PRICES)
    .replace(/ {2}- \{ endpoint: call, model: m.*\n(?= {2}- \{ endpoint: tokens)/, "");
  await applyCatalogue(ctx, { text, fileName: "prices" });
  await startCatalogue(ctx.db);
  await ctx.db.operator.query("SELECT ledger.ensure_partitions('2026-01-01', '2027-02-01')");
});

const when = (text: string): GateContext => ({ ...ctx, now: new Date(text), simulatedAt: new Date(text) });
const call = (id: string, model: string, quantities: Record<string, bigint>) => ({
  organization: id,
  endpoint: "prompt",
  model,
  quantities,
});

describe("a price by tiers of the whole prompt", () => {
  it("is reserved by the declared prompt, and settled by the prompt that was sent", async () => {
    const who = await organization(ctx, { credit: 10_000n });
    const asked = call(who.id, "long", { token: 101n, credit: 1n });
    expect(await quote(ctx, asked)).toMatchObject({
      cost: "607",
      lines: [
        { meter: "credit" },
        { meter: "token", amount: "606", whenTotal: { meters: ["credit", "token"], above: 100 } },
      ],
    });
    const held = await hold(ctx, { ...asked, idempotencyKey: "long" });
    expect(held.ceiling).toBe("607");
    const settled = await settle(ctx, { id: held.id, quantities: { token: 99n, credit: 1n } });
    expect(settled).toMatchObject({ cost: "298", released: "309" });
    const { price } = await getTransaction(who.ctx, { id: settled.transaction ?? "" });
    expect(price?.lines).toMatchObject([{ meter: "credit" }, { amount: "297", whenTotal: { upTo: 100 } }]);
    expect(await stateOf(who)).toMatchObject({ remaining: 9_702, held: 0 });
  });

  it("charges a whole call by the tier of its total, cached tokens included", async () => {
    const who = await organization(ctx, { credit: 10_000n });
    const at = (token: bigint, credit: bigint) =>
      charge(ctx, { ...call(who.id, "long", { token, credit }), idempotencyKey: `${token} ${credit}` });
    expect((await at(100n, 0n)).cost).toBe("300");
    expect((await at(100n, 1n)).cost).toBe("601");
  });
});

describe("a quote under a plan with a discount", () => {
  const sumOf = (lines: readonly { amount: string }[]) => lines.reduce((sum, { amount }) => sum + BigInt(amount), 0n);

  it("has the discount as a line, so that its lines sum to what the call costs", async () => {
    const who = await organization(ctx, { credit: 1_000n, plan: "discounted" });
    const asked = { organization: who.id, endpoint: "call", model: "m", quantities: { credit: 10n } };
    const all = await quote(ctx, asked);
    expect(all).toMatchObject({
      cost: "8",
      lines: [
        { meter: "credit", amount: "10" },
        { meter: "discount", amount: "-2", label: "Discounted: 20% off what the plan pays" },
      ],
    });
    // 160 credits: the plan's 100 pay 125 of them, the rest is at the standard price.
    const hybrid = await quote(ctx, { ...asked, quantities: { credit: 160n } });
    expect([hybrid.cost, String(sumOf(hybrid.lines))]).toEqual(["135", "135"]);
    const without = await quote(ctx, { ...asked, organization: (await organization(ctx, { credit: 50n })).id });
    expect(without.lines).toHaveLength(1);
  });
});

describe("an alias", () => {
  it("is held, settled, limited and summed up as its model", async () => {
    const who = await organization(ctx, { credit: 1_000n });
    const key = await keyOf(who, { models: ["long"] });
    const { organization: _, ...body } = call(who.id, "long-2026-11-01", { token: 10n });
    const held = await hold(ctx, { ...body, key: key.key, idempotencyKey: "alias" });
    await settle(ctx, { id: held.id, quantities: { token: 5n } });
    const again = await hold(ctx, { ...body, key: key.key, idempotencyKey: "alias" });
    expect(again.id).toBe(held.id);
    await charge(ctx, { ...body, key: key.key, idempotencyKey: "alias" });
    const sql = "SELECT DISTINCT model FROM ledger.usage_event WHERE organization_id = $1";
    expect(await ownerRows(sql, [who.organizationId])).toEqual([{ model: "long" }]);
    const sums = "SELECT DISTINCT model FROM usage_rollup WHERE organization_id = $1";
    expect(await ownerRows(sums, [who.organizationId])).toEqual([{ model: "long" }]);
    const named = { model: "long-2026-11-01", groupBy: "model" };
    const later = { ...who.ctx, now: new Date() };
    expect((await usage(later, usageQuery.parse(named))).data).toMatchObject([{ model: "long" }]);
    expect((await listEvents(later, eventsQuery.parse({ model: named.model }))).data).toHaveLength(2);
  });
});

describe("a price by the hour", () => {
  it("follows the time of the hold, however late it is settled", async () => {
    const peak = "2026-11-12T18:59:59.999Z";
    const who = await organization(when(peak), { credit: 1_000n });
    const asked = call(who.id, "hourly", { token: 10n });
    const held = await hold(when(peak), { ...asked, idempotencyKey: "peak" });
    const later = await hold(when("2026-11-12T19:00:00Z"), { ...asked, idempotencyKey: "off" });
    expect([held.ceiling, later.ceiling]).toEqual(["20", "10"]);
    const settled = await settle(when("2026-11-12T19:05:00Z"), { id: held.id, quantities: { token: 9n } });
    expect(settled.cost).toBe("18");
    const { price } = await getTransaction(who.ctx, { id: settled.transaction ?? "" });
    expect(price?.lines).toMatchObject([{ amount: "18", whenPeriod: "peak" }]);
    expect((await quote(when("2026-11-12T19:05:00Z"), asked)).cost).toBe("10");
  });
});

describe("a catalogue version with an unpriced combination, from an earlier release", () => {
  it("still starts the server, and refuses the call that nothing prices instead of giving it away", async () => {
    const hole = creditCatalogue().replace(
      '{ endpoint: call, model: m, components: [{ meter: credit, amount: "1" }] }',
      '{ endpoint: call, model: m, options: { fast: { type: boolean } }, components: [{ meter: credit, amount: "1", when: { fast: true } }] }',
    );
    const refused = {
      code: "validation_failed",
      message: expect.stringContaining("credit has no price for fast=false"),
    };
    await expect(applyCatalogue(ctx, { text: hole, fileName: "hole" })).rejects.toMatchObject(refused);
    const sql = `INSERT INTO catalogue_version (version, name, text, hash, effective_at, created_at)
      SELECT max(version) + 1, 'calls', $1, 'hole', now(), now() FROM catalogue_version`;
    await ownerRows(sql, [hole]);
    await startCatalogue(ctx.db);
    const who = await organization(ctx, { credit: 1_000n });
    const body = { organization: who.id, endpoint: "call", model: "m", quantities: { credit: 5n } };
    const uncovered = { code: "validation_failed", details: { field: "quantities.credit", options: { fast: false } } };
    await expect(hold(ctx, { ...body, idempotencyKey: "a" })).rejects.toMatchObject(uncovered);
    await expect(charge(ctx, { ...body, idempotencyKey: "a" })).rejects.toMatchObject(uncovered);
    await expect(quote(ctx, body)).rejects.toMatchObject(uncovered);
    const priced = await charge(ctx, { ...body, options: { fast: true }, idempotencyKey: "a" });
    expect(priced.cost).toBe("5");
    expect(await stateOf(who)).toMatchObject({ remaining: 995, held: 0 });
  });
});
