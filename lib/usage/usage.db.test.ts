import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { createKey, createOrganization } from "@/lib/accounts";
import { applyCatalogue, readCatalogueText, startCatalogue } from "@/lib/catalogue";
import { charge, refund } from "@/lib/gate";
import type { RowFile } from "@/lib/kernel/csv";
import { parseAmount } from "@/lib/kernel/money";
import { balance, getTransaction, grant, listTransactions } from "@/lib/ledger";
import { transactionsQuery } from "@/lib/ledger/schema";
import type { Context, InstallationContext } from "@/lib/platform/context";
import { database } from "@/lib/platform/db";
import { eventsCsv, getEvent, listEvents, usage } from "./index";
import { eventsCsvQuery, eventsQuery, usageQuery } from "./schema";

const now = new Date("2026-11-21T10:00:00Z");
const scale = 9;
let ctx: Context;
let other: Context;
let key: { id: string; key: string };
let first: { id: string; transaction: string | null };
const at = (time: string): InstallationContext & { simulatedAt: Date } => ({
  actor: { type: "operator" },
  now: new Date(time),
  simulatedAt: new Date(time),
  db: database(),
});
let calls = 0;
const call = (time: string, model: string, input: bigint, output: bigint) =>
  charge(at(time), {
    key: key.key,
    endpoint: "chat",
    model,
    quantities: { input_token: input, output_token: output },
    tags: { project: "=evil", run: `r${calls}` },
    idempotencyKey: `call-${calls++}`,
  });

async function text(file: Promise<RowFile>): Promise<string> {
  let all = "";
  for await (const line of (await file).text) all += line;
  return all;
}

beforeAll(async () => {
  const db = database();
  const start = new Date("2026-11-18T00:00:00Z");
  const operator = { actor: { type: "operator" } as const, now: start, db };
  // Effective before the clock of whatever machine this runs on.
  await applyCatalogue({ ...operator, now: new Date("2020-01-01T00:00:00Z") }, await readCatalogueText("apertis"));
  await db.operator.query("SELECT ledger.ensure_partitions('2026-10-01', '2027-01-01')");
  await startCatalogue(db);
  const make = async (name: string, timeZone: string) => ({
    ...operator,
    now,
    organizationId: (await createOrganization(operator, { name, timeZone })).organizationId,
  });
  ctx = await make("Nepal", "Asia/Kathmandu");
  other = await make("Other", "UTC");
  key = await createKey({ ...ctx, now: start }, { name: "-key" });
  await grant({ ...ctx, now: start }, { amount: parseAmount("20", scale), reason: "Test", idempotencyKey: "g" });
  first = await call("2026-11-19T18:10:00Z", "gpt-4o", 1_000_000n, 0n); // 19 November in Nepal, $2.50
  await call("2026-11-19T18:20:00Z", "gpt-4o", 0n, 100_000n); // 20 November in Nepal, $1.00
  const wrong = await call("2026-11-20T09:00:00Z", "gpt-4.1", 500_000n, 0n); // $1.00, given back
  await refund(at("2026-11-20T09:30:00Z"), { id: wrong.id, reason: "Failed", idempotencyKey: "refund" });
  await call("2026-11-20T09:40:00Z", "gpt-4o-mini", 1n, 1n); // $0.00000075
});

describe("the balance", () => {
  it("is what the grants leave, with a runway from the last seven days", async () => {
    const found = await balance(ctx);
    expect(found.available).toBe(parseAmount("16.49999925", scale));
    expect(found.buckets.promotional).toEqual({ remaining: found.available, held: 0n });
    expect(found).toMatchObject({ held: 0n, debt: 0n, plan: null, payg: null, level: "low" });
    // 3.50000075 since 18:00 of the 19th, 40 hours ago.
    expect(found.runway).toEqual({ days: 7.85, perDay: parseAmount("2.10000045", scale) });
  });

  it("belongs to its organization", async () => {
    const actor = { type: "key", organizationId: other.organizationId, keyId: "x" } as const;
    await expect(balance({ ...ctx, actor })).rejects.toMatchObject({ code: "not_found" });
    expect((await balance(other)).available).toBe(0n);
  });
});

describe("the list of transactions", () => {
  it("begins with the latest, page by page", async () => {
    const pageOne = await listTransactions(ctx, transactionsQuery.parse({ limit: "4" }));
    expect(pageOne.data.map((row) => [row.type, row.amount])).toEqual([
      ["deduction", "-0.00000075"],
      ["refund", "1"],
      ["deduction", "-1"],
      ["deduction", "-1"],
    ]);
    const cursor = pageOne.nextCursor ?? undefined;
    const pageTwo = await listTransactions(ctx, transactionsQuery.parse({ limit: "4", cursor }));
    expect(pageTwo.data.map((row) => row.type)).toEqual(["deduction", "grant"]);
    expect(pageTwo.nextCursor).toBeNull();
    expect(pageTwo.data[0]).toMatchObject({ usage: { endpoint: "chat", model: "gpt-4o" }, key: key.id });
  });

  it("can be filtered by time, type and key", async () => {
    const times = { from: "2026-11-19T18:20:00Z", to: "2026-11-20T09:30:00Z" };
    const found = await listTransactions(ctx, transactionsQuery.parse(times));
    expect(found.data.map((row) => row.amount)).toEqual(["-1", "-1"]);
    const grants = await listTransactions(ctx, transactionsQuery.parse({ type: "grant,refund" }));
    expect(grants.data.map((row) => row.type)).toEqual(["refund", "grant"]);
    const ofNobody = await listTransactions(ctx, transactionsQuery.parse({ key: "key_nobody" }));
    expect(ofNobody.data).toEqual([]);
    await expect(listTransactions(ctx, transactionsQuery.parse({ cursor: "bm9uZQ" }))).rejects.toMatchObject({
      code: "validation_failed",
    });
  });

  it("shows entries, grants and price of each", async () => {
    const detail = await getTransaction(ctx, { id: first.transaction ?? "" });
    expect(detail.entries.map((entry) => [entry.account, entry.amount, entry.grant?.kind])).toEqual([
      ["usage", "2.5", undefined],
      ["grant", "-2.5", "promotional"],
    ]);
    expect(detail.price).toMatchObject({
      version: 1,
      cost: "2.5",
      quantities: { input_token: 1_000_000 },
      lines: [{ meter: "input_token", quantity: 1_000_000, unitAmount: "2.5", per: 1_000_000, amount: "2.5" }],
    });
    await expect(getTransaction(other, { id: first.transaction ?? "" })).rejects.toMatchObject({ code: "not_found" });
    await expect(getTransaction(ctx, { id: "txn_x" })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("usage", () => {
  it("cuts days in the organization's zone, five hours and three quarters from UTC", async () => {
    const asked = { from: "2026-11-19", to: "2026-11-22", interval: "day", groupBy: "model" };
    const found = await usage(ctx, usageQuery.parse(asked));
    expect(found).toMatchObject({ timezone: "Asia/Kathmandu", from: "2026-11-18T18:15:00.000Z" });
    expect(found.starts).toEqual(["2026-11-18T18:15:00.000Z", "2026-11-19T18:15:00.000Z", "2026-11-20T18:15:00.000Z"]);
    const costs = found.data.map((row) => [row.start, row.model, row.cost]);
    expect(costs).toContainEqual(["2026-11-18T18:15:00.000Z", "gpt-4o", "2.5"]);
    expect(costs).toContainEqual(["2026-11-19T18:15:00.000Z", "gpt-4o", "1"]);
    expect(costs).toContainEqual(["2026-11-19T18:15:00.000Z", "gpt-4.1", "0"]);
    expect(found.totals).toMatchObject({
      cost: "3.50000075",
      quantities: { input_token: 1_000_001, output_token: 100_001 },
    });
  });

  it("leaves the meters out on request, and says the same otherwise", async () => {
    const asked = { groupBy: "model", interval: "day" };
    const whole = await usage(ctx, usageQuery.parse(asked));
    const plain = await usage(ctx, usageQuery.parse({ ...asked, quantities: "false" }));
    expect(whole.data.some(({ quantities }) => Object.keys(quantities).length > 0)).toBe(true);
    const bare = <T extends object>(row: T) => ({ ...row, quantities: {} });
    expect(plain).toEqual({ ...whole, totals: bare(whole.totals), data: whole.data.map(bare) });
  });

  it("groups by key, member and tag, and says what it cannot do", async () => {
    const groups = async (groupBy: string, more = {}) =>
      (await usage(ctx, usageQuery.parse({ groupBy, ...more }))).data;
    expect(await groups("key")).toMatchObject([{ key: key.id, keyName: "-key", cost: "3.50000075" }]);
    expect(await groups("member")).toMatchObject([{ member: null, cost: "3.50000075" }]);
    expect(await groups("tag:project")).toMatchObject([{ tag: "=evil", cost: "3.50000075" }]);
    expect(await groups("tag:project,model")).toMatchObject([
      { tag: "=evil", model: "gpt-4o", requests: 2, cost: "3.5" },
      { tag: "=evil", model: "gpt-4o-mini", requests: 1, cost: "0.00000075" },
      { tag: "=evil", model: "gpt-4.1", requests: 0, cost: "0" },
    ]);
    expect(await groups("tag:project,key", { model: "gpt-4o" })).toMatchObject([
      { tag: "=evil", key: key.id, keyName: "-key", cost: "3.5" },
    ]);
    expect(await groups("model", { tag: "project:=evil", key: key.id })).toHaveLength(3);
    await expect(groups("tag:run")).rejects.toMatchObject({ code: "validation_failed" });
    await expect(groups("tag:run,model")).rejects.toMatchObject({ code: "validation_failed" });
    await expect(groups("model", { from: "2026-11-20", to: "2026-11-20" })).rejects.toMatchObject({
      code: "validation_failed",
    });
    await expect(groups("", { from: "2020-01-01", interval: "hour" })).rejects.toMatchObject({
      code: "validation_failed",
    });
    expect((await usage(other, usageQuery.parse({}))).totals).toEqual({ requests: 0, quantities: {}, cost: "0" });
  });
});

describe("the usage log", () => {
  const ids = (list: { data: { id: string }[] }) => list.data.map(({ id }) => id);

  it("continues page by page and loses nothing", async () => {
    const all = await listEvents(ctx, eventsQuery.parse({}));
    expect(all.data.map((event) => event.cost)).toEqual(["0.00000075", "-1", "1", "1", "2.5"]);
    const collected: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listEvents(ctx, eventsQuery.parse({ limit: "2", cursor }));
      collected.push(...ids(page));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(collected).toEqual(ids(all));
    expect(await listEvents(other, eventsQuery.parse({}))).toEqual({ data: [], nextCursor: null });
  });

  it("leaves out what was refunded, and filters", async () => {
    const successful = await listEvents(ctx, eventsQuery.parse({ successfulOnly: "true" }));
    expect(successful.data.map((event) => event.cost)).toEqual(["0.00000075", "1", "2.5"]);
    const mini = await listEvents(ctx, eventsQuery.parse({ model: "gpt-4o-mini", key: key.id }));
    expect(mini.data).toHaveLength(1);
    const day = await listEvents(ctx, eventsQuery.parse({ from: "2026-11-19", to: "2026-11-20" }));
    expect(ids(day)).toHaveLength(1);
    expect(await getEvent(ctx, { id: first.id })).toMatchObject({ cost: "2.5", tags: { project: "=evil" } });
    await expect(getEvent(other, { id: first.id })).rejects.toMatchObject({ code: "not_found" });
  });

  it("is the same as CSV, with totals and without formulas", async () => {
    const csv = await text(eventsCsv(ctx, eventsCsvQuery.parse({ totals: "true" })));
    expect(csv.split("\r\n")).toHaveLength(8);
    const rows = parse(csv, { columns: true }) as Record<string, string>[];
    const log = await listEvents(ctx, eventsQuery.parse({}));
    expect(rows.slice(0, -1).map((row) => row.id)).toEqual(ids(log).reverse());
    expect(rows.slice(0, -1).map((row) => row.cost_usd)).toEqual(["2.5", "1", "1", "-1", "0.00000075"]);
    expect(rows.at(-1)).toMatchObject({ occurred_at: "Total", id: "5 events", cost_usd: "3.50000075" });
    expect(rows[0]).toMatchObject({ key_name: "'-key", input_token: "1000000", price_version: "1" });
    const paid = await text(eventsCsv(ctx, eventsCsvQuery.parse({ successfulOnly: "true" })));
    expect(parse(paid, { columns: true })).toHaveLength(3);
  });
});
