/** The customers' reads of the ledger: the balance's history, the search, the file of all transactions. */
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { charge, type GateContext, hold, refund, settle } from "@/lib/gate";
import { spend } from "@/tests/fixtures/call";
import { installation } from "@/tests/fixtures/catalogue";
import { ownerRows } from "@/tests/fixtures/ledger";
import { keyOf, type Organization, organization } from "@/tests/fixtures/organization";
import { advance, balance, balanceHistory, grant, listTransactions, transactionsCsv } from "./index";
import { transactionsCsvQuery, transactionsQuery } from "./schema";

const when = (text: string): GateContext => ({ ...real, now: new Date(text), simulatedAt: new Date(text) });
const seen = (who: Organization, text: string) => ({ ...who.ctx, now: new Date(text) });
const pay = (who: Organization, credits: number, at: string, more = {}) =>
  charge(when(at), { ...spend(who, credits), ...more, idempotencyKey: `pay ${credits} ${at}`.replaceAll(" ", "-") });

async function read(of: Awaited<ReturnType<typeof transactionsCsv>>) {
  let text = "";
  for await (const part of of.text) text += part;
  return { rows: parse(text, { columns: true }) as Record<string, string>[], promised: of.rows };
}

const real = await installation();
beforeAll(async () => {
  await real.db.operator.query("SELECT ledger.ensure_partitions('2026-01-01', '2027-02-01')");
});

describe("the balance's history", () => {
  it("closes each day of the organization's calendar, even days on which nothing moved", async () => {
    const who = await organization(when("2026-05-10T12:00:00Z"), { credit: 100n, timeZone: "Asia/Kathmandu" });
    await pay(who, 10, "2026-05-10T18:14:59.999Z"); // The last moment of the 10th in Nepal.
    await pay(who, 20, "2026-05-10T18:15:00Z");
    await pay(who, 5, "2026-05-13T00:00:00Z");
    const { days } = await balanceHistory(seen(who, "2026-05-13T10:00:00Z"), { days: 5 });
    expect(days).toEqual([
      { date: "2026-05-09", closing: "0" },
      { date: "2026-05-10", closing: "90" },
      { date: "2026-05-11", closing: "70" },
      { date: "2026-05-12", closing: "70" },
      { date: "2026-05-13", closing: "65" },
    ]);
  });

  it("is zeros before the first movement, and shows nothing of another organization", async () => {
    const who = await organization(when("2026-05-10T12:00:00Z"));
    const other = await organization(when("2026-05-10T12:00:00Z"));
    expect((await balanceHistory(who.ctx, { days: 2 })).days.map(({ closing }) => closing)).toEqual(["0", "0"]);
    const actor = { type: "key", organizationId: other.organizationId, keyId: "x" } as const;
    await expect(balanceHistory({ ...who.ctx, actor }, { days: 2 })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a search of transactions", () => {
  let who: Organization;
  let other: Organization;
  const found = async (search: string | undefined, of = who, more = {}) =>
    (await listTransactions(seen(of, "2026-06-10T00:00:00Z"), transactionsQuery.parse({ search, ...more }))).data.map(
      ({ type, amount }) => [type, amount],
    );

  beforeAll(async () => {
    who = await organization(when("2026-06-01T00:00:00Z"), { credit: 100n });
    other = await organization(when("2026-06-01T00:00:00Z"), { credit: 100n });
  });

  it("finds a call by any of its ids, its key and its resource, and its refund", async () => {
    const resource = { type: "run", id: "run-7" };
    const opened = await hold(when("2026-06-02T00:00:00Z"), { ...spend(who, 30), resource, idempotencyKey: "h" });
    const ended = when("2026-06-02T00:01:00Z");
    const quantities = { credit: 20n };
    const settled = await settle(ended, { id: opened.id, quantities, idempotencyKey: "my-settle" });
    await pay(who, 1, "2026-06-03T00:00:00Z");
    await refund(when("2026-06-04T00:00:00Z"), { id: opened.id, reason: "Failed", idempotencyKey: "r" });
    const both = [
      ["refund", "20"],
      ["deduction", "-20"],
    ];
    expect(await found(opened.id)).toEqual(both);
    expect(await found(opened.id.replace("hold_", "evt_"))).toEqual(both);
    expect(await found("run-7")).toEqual(both);
    expect(await found("run-7", who, { to: "2026-06-03T00:00:00Z" })).toEqual([["deduction", "-20"]]);
    expect(await found(settled.transaction ?? "")).toEqual([["deduction", "-20"]]);
    expect(await found("my-settle")).toEqual([["deduction", "-20"]]);
    expect(await found("my-settl")).toEqual([]);
    for (const id of [opened.id, settled.transaction ?? "", "run-7", "my-settle"])
      expect(await found(id, other)).toEqual([]);
  });

  it("finds a call that was opened a week before the range in which it was settled", async () => {
    const body = { ...spend(who, 30), resource: { type: "run", id: "run-8" }, idempotencyKey: "long" };
    const opened = await hold(when("2026-06-02T01:00:00Z"), body);
    await settle(when("2026-06-09T00:59:00Z"), { id: opened.id, quantities: body.quantities, idempotencyKey: "s8" });
    const range = { from: "2026-06-09T00:59:00Z", to: "2026-06-09T01:00:00Z" };
    expect(await found("run-8", who, range)).toEqual([["deduction", "-30"]]);
    expect(await found(undefined, who, { resource: "run:run-8", ...range })).toEqual([["deduction", "-30"]]);
  });

  it("finds the source of a grant", async () => {
    const at = seen(who, "2026-06-05T00:00:00Z");
    const given = await grant(at, { amount: 7n, kind: "promotional", reason: "Sorry", idempotencyKey: "gift" });
    expect(await found(given.grantId)).toEqual([["grant", "7"]]);
    expect(await found("gift")).toEqual([["grant", "7"]]);
    expect(await found(given.grantId, other)).toEqual([]);
  });
});

describe("a list of rare transactions", () => {
  it("reads the index that has no deductions, and continues from page to page", async () => {
    const who = await organization(when("2026-07-01T00:00:00Z"), { credit: 100n });
    for (const hour of ["01", "02", "03"]) {
      const paid = await pay(who, 3, `2026-07-01T${hour}:00:00Z`);
      await refund(when(`2026-07-01T${hour}:30:00Z`), { id: paid.id, reason: "x", idempotencyKey: `${hour}-back` });
    }
    const query = { type: "refund,grant,purchase", limit: "2" };
    const first = await listTransactions(who.ctx, transactionsQuery.parse(query));
    const cursor = first.nextCursor ?? "";
    const second = await listTransactions(who.ctx, transactionsQuery.parse({ ...query, cursor }));
    expect([...first.data, ...second.data].map(({ type }) => type)).toEqual(["refund", "refund", "refund", "grant"]);
    expect(second.nextCursor).toBeNull();
    const plan = await ownerRows<{ "QUERY PLAN": string }>(
      `EXPLAIN SELECT * FROM transaction WHERE organization_id = $1 AND type <> 'deduction' AND type = ANY ('{refund}')
       ORDER BY seq DESC LIMIT 2`.replace("$1", `'${who.organizationId}'`),
    );
    expect(plan.map((line) => line["QUERY PLAN"]).join("\n")).toContain("transaction_rare");
  });
});

describe("all transactions as CSV", () => {
  it("are the list in reverse order, and promise their number where it is known", async () => {
    const who = await organization(when("2026-08-01T00:00:00Z"), { credit: 100n });
    const key = await keyOf(who, { name: "k" });
    await charge(when("2026-08-02T00:00:00Z"), {
      ...spend(key, 10),
      resource: { type: "=run", id: "+1" },
      idempotencyKey: "a",
    });
    await pay(who, 5, "2026-08-03T00:00:00Z");
    const all = await read(await transactionsCsv(who.ctx, transactionsCsvQuery.parse({})));
    expect(all.promised).toBe(3n);
    expect(all.rows.map((row) => [row.type, row.amount_credits, row.balance_after_credits])).toEqual([
      ["grant", "100", "100"],
      ["deduction", "-10", "90"],
      ["deduction", "-5", "85"],
    ]);
    expect(all.rows[1]).toMatchObject({ endpoint: "call", key: key.id, resource_type: "'=run", resource_id: "'+1" });
    const range = { from: "2026-08-02T00:00:00Z", to: "2026-08-03T00:00:00Z" };
    const day = await read(await transactionsCsv(who.ctx, transactionsCsvQuery.parse(range)));
    expect([day.promised, day.rows.length]).toEqual([1n, 1]);
    const ofKey = await read(await transactionsCsv(who.ctx, transactionsCsvQuery.parse({ key: key.id })));
    expect([ofKey.promised, ofKey.rows.length]).toEqual([undefined, 1]);
    const ofNobody = await read(await transactionsCsv(who.ctx, transactionsCsvQuery.parse({ key: "key_nobody" })));
    expect(ofNobody.rows).toEqual([]);
  });
});

describe("a free plan whose cycle has ended", () => {
  it("is shown as it will be renewed, before the job renews it", async () => {
    const who = await organization(when("2026-01-31T10:00:00Z"), { plan: "monthly", timeZone: "Europe/Berlin" });
    await pay(who, 60, "2026-02-01T00:00:00Z");
    for (const at of ["2026-02-28T10:00:00Z", "2026-06-30T08:59:59Z"]) {
      const before = await balance(seen(who, at));
      expect(before).toMatchObject({ available: 100n, buckets: { plan: { remaining: 100n } } });
      expect(before.payg?.spent).toBe(0n);
      await advance(real, who.organizationId, new Date(at));
      expect(await balance(seen(who, at))).toEqual(before);
    }
    expect(await balance(seen(who, "2026-06-30T08:59:59Z"))).toMatchObject({
      plan: { resetsAt: new Date("2026-06-30T09:00:00Z") },
    });
  });
});
