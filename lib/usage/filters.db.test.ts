/** The log and the sums by key, member and tag; one event with all that stands behind it. */
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { listKeys, listMembers } from "@/lib/accounts";
import { charge, type GateContext, hold, refund, settle } from "@/lib/gate";
import { spend } from "@/tests/fixtures/call";
import { installation } from "@/tests/fixtures/catalogue";
import { type ApiKey, keyOf, type Organization, organization } from "@/tests/fixtures/organization";
import { eventsCsv, getEvent, listEvents, usage } from "./index";
import { eventDetailSchema, eventsCsvQuery, eventsQuery, usageQuery } from "./schema";

let who: Organization;
let other: Organization;
let mine: ApiKey;
let userId: string;
const when = (text: string): GateContext => ({ ...real, now: new Date(text), simulatedAt: new Date(text) });
const START = Date.parse("2026-05-10T10:00:00Z");
const CALLS = 60;

async function csv(query: Record<string, string>) {
  const file = await eventsCsv(who.ctx, eventsCsvQuery.parse(query));
  let text = "";
  for await (const part of file.text) text += part;
  return { rows: (parse(text, { columns: true }) as unknown[]).length, promised: file.rows };
}

async function pages(query: Record<string, string>, of = who) {
  const found: { id: string; cost: string }[] = [];
  let cursor: string | undefined;
  do {
    const page = await listEvents(of.ctx, eventsQuery.parse({ ...query, limit: "7", cursor }));
    found.push(...page.data);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return found;
}

const real = await installation();
beforeAll(async () => {
  await real.db.operator.query("SELECT ledger.ensure_partitions('2026-01-01', '2027-02-01')");
  who = await organization(when("2026-05-10T09:00:00Z"), { credit: 100_000n });
  other = await organization(when("2026-05-10T09:00:00Z"), { credit: 100n });
  const { rows } = await real.db.operator.query<{ id: string }>(
    `INSERT INTO "user" (email, name) VALUES ('dev@calls.example', 'Dev') RETURNING id`,
  );
  userId = rows[0]?.id ?? "";
  await real.db.operator.query("INSERT INTO member (organization_id, user_id, role) VALUES ($1, $2, 'developer')", [
    who.organizationId,
    userId,
  ]);
  mine = await keyOf(who, { name: "mine", ownerId: userId, limits: { total: 1_000_000n } });
  const later = { ...who, ctx: { ...who.ctx, now: new Date("2026-05-10T09:30:00Z") } };
  const shared = await keyOf(later, { name: "shared" });
  // A call every four minutes for four hours: one in ten is mine, one in fifteen is the agent's.
  for (let n = 0; n < CALLS; n++) {
    const at = when(new Date(START + n * 240_000).toISOString());
    const key = n % 10 === 3 ? mine : shared;
    const tags = { agent: n % 15 === 3 ? "a:1" : "b" };
    await charge(at, { ...spend(key, n + 1), tags, idempotencyKey: `call-${n}` });
  }
  who = { ...who, ctx: { ...who.ctx, now: new Date("2026-05-10T20:00:00Z") } };
});

describe("the log", () => {
  it("is filtered by key, member, tag and all of them, page by page", async () => {
    const all = await pages({});
    expect(all).toHaveLength(CALLS);
    const costs = (rows: { cost: string }[]) => rows.map(({ cost }) => Number(cost));
    const ofMine = [54, 44, 34, 24, 14, 4];
    expect(costs(await pages({ key: mine.id }))).toEqual(ofMine);
    expect(costs(await pages({ member: userId }))).toEqual(ofMine);
    expect(costs(await pages({ tag: "agent:a:1" }))).toEqual([49, 34, 19, 4]);
    expect(costs(await pages({ tag: "agent:a:1", member: userId }))).toEqual([34, 4]);
    expect(await pages({ endpoint: "call", model: "m" })).toEqual(all);
    expect(await pages({ endpoint: "free" })).toEqual([]);
    expect(await pages({ tag: "agent:a:1" }, other)).toEqual([]);
    expect(await pages({ member: userId }, other)).toEqual([]);
    await expect(pages({ tag: "nothing:1" })).rejects.toMatchObject({ code: "validation_failed" });
  });

  it("promises as CSV how many rows it has where the sums know it", async () => {
    expect(await csv({})).toEqual({ rows: CALLS, promised: BigInt(CALLS) });
    expect(await csv({ tag: "agent:a:1" })).toEqual({ rows: 4, promised: 4n });
    expect(await csv({ key: mine.id, from: "2026-05-10", to: "2026-05-11" })).toEqual({ rows: 6, promised: 6n });
    expect(await csv({ from: "2026-05-10T10:01:00Z" })).toEqual({ rows: CALLS - 1, promised: undefined });
    expect(await csv({ successfulOnly: "true" })).toEqual({ rows: CALLS, promised: undefined });
    const given = await charge(when("2026-05-10T15:00:00Z"), { ...spend(who, 9), idempotencyKey: "back" });
    await refund(when("2026-05-10T15:01:00Z"), { id: given.id, amount: "4", reason: "x", idempotencyKey: "b1" });
    await refund(when("2026-05-10T15:02:00Z"), { id: given.id, reason: "x", idempotencyKey: "b2" });
    expect(await csv({ from: "2026-05-10T15:00:00Z" })).toEqual({ rows: 3, promised: 3n });
  });
});

describe("sums of usage", () => {
  it("are filtered by member and tag, and say which combination works", async () => {
    const cost = async (query: Record<string, string>, of = who) =>
      (await usage(of.ctx, usageQuery.parse({ to: "2026-05-10T15:00:00Z", ...query }))).totals.cost;
    expect(await cost({ member: userId })).toBe("174");
    expect(await cost({ tag: "agent:a:1" })).toBe("106");
    expect(await cost({ tag: "agent:a:1", groupBy: "tag:agent" })).toBe("106");
    expect(await cost({ tag: "agent:none" })).toBe("0");
    expect(await cost({ member: userId }, other)).toBe("0");
    const byDay = await usage(who.ctx, usageQuery.parse({ tag: "agent:a:1", interval: "day" }));
    expect(byDay.data).toEqual([
      { start: "2026-05-10T00:00:00.000Z", requests: 4, cost: "106", quantities: { credit: 106 } },
    ]);
    const tagged = { tag: "agent:a:1" };
    expect(await cost({ ...tagged, groupBy: "model" })).toBe("106");
    expect(await cost({ ...tagged, endpoint: "call", groupBy: "tag:agent,key" })).toBe("106");
    expect(await cost({ ...tagged, endpoint: "free" })).toBe("0");
    expect(await cost({ ...tagged, member: userId })).toBe("38");
    await expect(cost({ tag: "run:1" })).rejects.toMatchObject({ code: "validation_failed" });
  });
});

describe("one event", () => {
  it("names the hold that it settled, how it was priced, who paid and what was refunded", async () => {
    const at = when("2026-05-10T16:00:00Z");
    const opened = await hold(at, { ...spend(who, 30), idempotencyKey: "h" });
    const settled = await settle(when("2026-05-10T16:00:05Z"), { id: opened.id, quantities: { credit: 20n } });
    await refund(when("2026-05-10T16:01:00Z"), { id: opened.id, amount: "5", reason: "Slow", idempotencyKey: "s" });
    const event = await getEvent(who.ctx, { id: opened.id });
    expect(eventDetailSchema.parse(event)).toEqual(event);
    expect(event).toMatchObject({
      cost: "20",
      transaction: settled.transaction,
      hold: { id: opened.id, ceiling: "30", openedAt: at.now.toISOString(), endedAt: "2026-05-10T16:00:05.000Z" },
      lines: [{ meter: "credit", quantity: 20, unitAmount: "1", per: 1, amount: "20" }],
      version: 1,
      discountPercent: 0,
      entries: [{ account: "usage" }, { account: "grant", amount: "-20", grant: { kind: "purchased" } }],
      refunds: [{ amount: "5", reason: "Slow", postedAt: "2026-05-10T16:01:00.000Z" }],
    });
    const back = await getEvent(who.ctx, { id: event.refunds[0]?.event ?? "" });
    expect(back).toMatchObject({ cost: "-5", reverses: event.id, hold: null, refunds: [] });
    await expect(getEvent(other.ctx, { id: opened.id })).rejects.toMatchObject({ code: "not_found" });
  });

  it("has no entries when it was free", async () => {
    const free = { organization: who.id, endpoint: "free", model: "m", quantities: { credit: 3n } };
    const { id } = await charge(when("2026-05-10T17:00:00Z"), { ...free, idempotencyKey: "free" });
    expect(await getEvent(who.ctx, { id })).toMatchObject({ cost: "0", transaction: null, entries: [], hold: null });
  });
});

describe("the lists of keys and members", () => {
  it("have what each spent in 30 days", async () => {
    const { data } = await listKeys(who.ctx);
    expect(data.map(({ name, spent30d }) => [name, spent30d])).toEqual([
      ["shared", "1656"],
      ["mine", "174"],
    ]);
    expect(data[1]).toMatchObject({ id: mine.id, owner: { id: userId, name: "Dev", email: "dev@calls.example" } });
    expect(data[1]?.limits[0]).toEqual({ window: "total", limit: "1000000", spent: "174", held: "0", resetsAt: null });
    expect(data[1]?.limits.map(({ window }) => window)).toEqual(["total", "day", "week", "month"]);
    expect(await listMembers(who.ctx)).toMatchObject({ data: [{ userId, role: "developer", spent30d: "174" }] });
    expect(await listKeys(other.ctx)).toEqual({ data: [] });
    expect(await listMembers(other.ctx)).toEqual({ data: [] });
    const actor = { type: "user", userId, organizationId: who.organizationId, role: "viewer" } as const;
    await expect(listKeys({ ...other.ctx, actor })).rejects.toMatchObject({ code: "not_found" });
    await expect(listMembers({ ...other.ctx, actor })).rejects.toMatchObject({ code: "not_found" });
  });
});
