/** The months of an organization: what each opens and closes with, and that a closed one never changes. */
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { charge, type GateContext, hold, refund, settle } from "@/lib/gate";
import { grant } from "@/lib/ledger";
import { spend } from "@/tests/fixtures/call";
import { installation } from "@/tests/fixtures/catalogue";
import { brokenInvariants, ownerRows } from "@/tests/fixtures/ledger";
import { type Organization, organization } from "@/tests/fixtures/organization";
import { closeStatements, getStatement, listStatements, statementCsv } from "./index";

const when = (text: string): GateContext => ({ ...real, now: new Date(text), simulatedAt: new Date(text) });
const seen = (who: Organization, text: string) => ({ ...who.ctx, now: new Date(text) });
const pay = (who: Organization, credits: number, at: string, more = {}) =>
  charge(when(at), { ...spend(who, credits), ...more, idempotencyKey: `pay ${credits} ${at}`.replaceAll(" ", "-") });
const give = (who: Organization, amount: bigint, at: string, kind: "purchased" | "promotional", expiresAt?: Date) =>
  grant(seen(who, at), {
    amount,
    kind,
    reason: "given",
    idempotencyKey: `give ${at}`,
    ...(expiresAt && { expiresAt }),
  });
const close = (at: string) => closeStatements({ ...real, now: new Date(at) });
const monthsOf = async (who: Organization, at: string) => (await listStatements(seen(who, at))).data;
const none = { plan: "0", purchased: "0", promotional: "0", adjustment: "0", debt: "0", total: "0" };

const real = await installation();
beforeAll(async () => {
  await real.db.operator.query("SELECT ledger.ensure_partitions('2026-01-01', '2027-02-01')");
});

describe("a statement", () => {
  it("leads from what a month opened with to what it closed with, each kind of credit apart", async () => {
    const who = await organization(when("2026-03-05T00:00:00Z"));
    await give(who, 100n, "2026-03-06T00:00:00Z", "purchased");
    await give(who, 30n, "2026-03-07T00:00:00Z", "promotional", new Date("2026-04-20T00:00:00Z"));
    await pay(who, 20, "2026-03-10T00:00:00Z"); // Promotional credit goes first.
    const late = await pay(who, 5, "2026-03-11T00:00:00Z");
    await give(who, 50n, "2026-04-02T00:00:00Z", "purchased");
    await refund(when("2026-04-03T00:00:00Z"), { id: late.id, reason: "Failed", idempotencyKey: "r" });
    await pay(who, 60, "2026-04-25T00:00:00Z"); // The promotional credit has expired before.

    const march = await getStatement(seen(who, "2026-05-01T00:00:00Z"), { month: "2026-03" });
    expect(march).toMatchObject({ state: "ended", hash: null, opening: none });
    expect(march.movements).toEqual([
      { type: "grant", transactions: 2, amounts: { ...none, purchased: "100", promotional: "30", total: "130" } },
      { type: "deduction", transactions: 2, amounts: { ...none, promotional: "-25", total: "-25" } },
    ]);
    expect(march.closing).toEqual({ ...none, purchased: "100", promotional: "5", total: "105" });
    expect(march.usage).toMatchObject({ calls: 2, cost: "25", earlier: { calls: 0, cost: "0" } });
    expect(march.grants.map(({ kind, remaining, amount }) => [kind, remaining, amount])).toEqual([
      ["promotional", "5", "30"],
      ["purchased", "100", "100"],
    ]);

    const april = await getStatement(seen(who, "2026-05-01T00:00:00Z"), { month: "2026-04" });
    expect(april.opening).toEqual(march.closing);
    expect(april.movements.map(({ type, amounts }) => [type, amounts.total])).toEqual([
      ["grant", "50"],
      ["refund", "5"],
      ["deduction", "-60"],
      ["expiry", "-10"],
    ]);
    expect(april.closing).toEqual({ ...none, purchased: "90", total: "90" });
    // The refunded call happened in March; it is a part of April's usage and named as one of an earlier month.
    expect(april.usage).toMatchObject({ calls: 0, cost: "55", earlier: { calls: -1, cost: "-5" } });
  });

  it("starts and ends with the months of the organization's calendar", async () => {
    const who = await organization(when("2026-05-10T12:00:00Z"), { credit: 100n, timeZone: "Asia/Kathmandu" });
    await pay(who, 10, "2026-05-31T18:14:59.999Z"); // The last moment of May in Nepal.
    await pay(who, 20, "2026-05-31T18:15:00Z");
    expect(await monthsOf(who, "2026-06-02T00:00:00Z")).toMatchObject([
      { month: "2026-06", state: "running", opening: "90", closing: "70", startsAt: "2026-05-31T18:15:00.000Z" },
      { month: "2026-05", state: "ended", opening: "0", closing: "90", endsAt: "2026-05-31T18:15:00.000Z" },
    ]);
  });

  it("shows what running calls had reserved at the end, as a part of the closing balance", async () => {
    const who = await organization(when("2026-05-30T00:00:00Z"), { credit: 100n });
    const opened = await hold(when("2026-05-31T23:59:00Z"), { ...spend(who, 30), idempotencyKey: "h" });
    await settle(when("2026-06-01T00:01:00Z"), { id: opened.id, quantities: { credit: 20n }, idempotencyKey: "s" });
    const at = seen(who, "2026-06-02T00:00:00Z");
    expect(await getStatement(at, { month: "2026-05" })).toMatchObject({ reserved: "30", closing: { total: "100" } });
    expect(await getStatement(at, { month: "2026-06" })).toMatchObject({
      reserved: "0",
      closing: { total: "80" },
      usage: { calls: 1, cost: "20" },
    });
  });

  it("names the usage of models, endpoints, keys and members", async () => {
    const who = await organization(when("2026-05-30T00:00:00Z"), { credit: 100n });
    await pay(who, 10, "2026-05-31T00:00:00Z");
    const { usage } = await getStatement(seen(who, "2026-06-02T00:00:00Z"), { month: "2026-05" });
    expect(usage.byEndpoint).toEqual([{ id: "call", name: "call", calls: 1, cost: "10" }]);
    expect(usage.byKey).toEqual([{ id: null, name: null, calls: 1, cost: "10" }]);
    expect(usage.byMember).toEqual([{ id: null, name: null, calls: 1, cost: "10" }]);
  });

  it("has the transactions of its month in its file, which add up to the difference of its balances", async () => {
    const who = await organization(when("2026-05-10T12:00:00Z"), { credit: 100n });
    for (const day of ["2026-05-20", "2026-06-03", "2026-06-04", "2026-07-01"]) await pay(who, 7, `${day}T00:00:00Z`);
    const { text } = await statementCsv(seen(who, "2026-07-09T00:00:00Z"), { month: "2026-06" });
    let file = "";
    for await (const part of text) file += part;
    const rows = parse(file, { columns: true }) as Record<string, string>[];
    expect(rows.map(({ posted_at }) => posted_at)).toEqual(["2026-06-03T00:00:00.000Z", "2026-06-04T00:00:00.000Z"]);
    const june = (await monthsOf(who, "2026-07-09T00:00:00Z")).find(({ month }) => month === "2026-06");
    expect(june).toMatchObject({ opening: "93", closing: "79", transactions: 2 });
  });

  it("is not found for a month before the organization, a month to come, or another reader", async () => {
    const who = await organization(when("2026-05-10T12:00:00Z"), { credit: 100n });
    const at = seen(who, "2026-06-02T00:00:00Z");
    await expect(getStatement(at, { month: "2026-04" })).rejects.toMatchObject({ code: "not_found" });
    await expect(getStatement(at, { month: "2026-07" })).rejects.toMatchObject({ code: "not_found" });
    const other = await organization(real);
    const actor = { type: "key", organizationId: other.organizationId, keyId: "x" } as const;
    await expect(getStatement({ ...at, actor }, { month: "2026-05" })).rejects.toMatchObject({ code: "not_found" });
    await expect(listStatements({ ...at, actor })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a closed statement", () => {
  it("is written three days after its month's end, once, and says what it said before", async () => {
    const who = await organization(when("2026-08-10T00:00:00Z"), { credit: 100n });
    await pay(who, 10, "2026-08-20T00:00:00Z");
    const before = await getStatement(seen(who, "2026-09-03T00:00:00Z"), { month: "2026-08" });
    await close("2026-09-03T23:59:59.999Z");
    expect((await monthsOf(who, "2026-09-04T00:00:00Z")).at(-1)).toMatchObject({ state: "ended", hash: null });
    await Promise.all([close("2026-09-04T00:00:00Z"), close("2026-09-04T00:00:00Z")]);
    const closed = await getStatement(seen(who, "2026-09-05T00:00:00Z"), { month: "2026-08" });
    const hash = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(closed).toEqual({ ...before, state: "closed", hash, closesAt: "2026-09-04T00:00:00.000Z" });
    expect(await brokenInvariants(real)).toEqual([]);
  });

  it("keeps its numbers while late usage of its month falls into the running one and says so", async () => {
    const who = await organization(when("2026-08-10T00:00:00Z"), { credit: 100n });
    await pay(who, 10, "2026-08-20T00:00:00Z");
    await close("2026-09-04T00:00:00Z");
    const august = await getStatement(seen(who, "2026-09-05T00:00:00Z"), { month: "2026-08" });
    await pay(who, 7, "2026-09-05T00:00:00Z", { occurredAt: new Date("2026-08-30T00:00:00Z") });
    const at = seen(who, "2026-09-06T00:00:00Z");
    expect(await getStatement(at, { month: "2026-08" })).toEqual(august);
    expect((await getStatement(at, { month: "2026-09" })).usage).toMatchObject({
      calls: 1,
      cost: "7",
      earlier: { calls: 1, cost: "7" },
    });
  });

  it("keeps its bounds when the organization's time zone changes, and the next one starts where it ended", async () => {
    const who = await organization(when("2026-08-10T00:00:00Z"), { credit: 100n });
    await close("2026-09-04T00:00:00Z");
    await ownerRows("UPDATE organization SET time_zone = 'America/New_York' WHERE id = $1", [who.organizationId]);
    await pay(who, 10, "2026-09-01T02:00:00Z"); // Still August in New York.
    const [september, august] = await monthsOf(who, "2026-09-20T00:00:00Z");
    expect(august).toMatchObject({ endsAt: "2026-09-01T00:00:00.000Z", closing: "100" });
    expect(september).toMatchObject({ startsAt: "2026-09-01T00:00:00.000Z", endsAt: "2026-10-01T04:00:00.000Z" });
    await close("2026-10-05T00:00:00Z");
    expect(await brokenInvariants(real)).toEqual([]);
  });

  it("follows the one before, for every month that was missed, also without a transaction", async () => {
    const who = await organization(when("2026-02-10T00:00:00Z"), { credit: 100n });
    await close("2026-06-30T00:00:00Z");
    const months = await monthsOf(who, "2026-06-30T00:00:00Z");
    expect(months.map(({ month, state, opening, closing }) => [month, state, opening, closing])).toEqual([
      ["2026-06", "running", "100", "100"],
      ["2026-05", "closed", "100", "100"],
      ["2026-04", "closed", "100", "100"],
      ["2026-03", "closed", "100", "100"],
      ["2026-02", "closed", "0", "100"],
    ]);
    expect(new Set(months.map(({ hash }) => hash)).size).toBe(5);
  });
});
