/** Runs: calls that carry one value of the tag that the catalogue calls a run. */
import pg from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import { charge, type GateContext, refund } from "@/lib/gate";
import { spend } from "@/tests/fixtures/call";
import { creditCatalogue, installation } from "@/tests/fixtures/catalogue";
import { brokenInvariants } from "@/tests/fixtures/ledger";
import { type Organization, organization } from "@/tests/fixtures/organization";
import { getRun, listEvents, listRuns, runCosts, usage } from "./index";
import { eventsQuery, runCostsQuery, runListSchema, runsQuery, usageQuery } from "./schema";

const PRICES = `  - { endpoint: call, model: m, components: [{ meter: credit, amount: "1" }] }`;
const real = await installation(
  creditCatalogue()
    .replace("rollup: [agent]", "rollup: [agent, workspace]")
    .replace(PRICES, `${PRICES}\n${PRICES.replace("model: m", "model: large")}`),
);
const when = (text: string): GateContext => ({ ...real, now: new Date(text), simulatedAt: new Date(text) });

let who: Organization;
let other: Organization;
let calls = 0;
let wrong: { id: string };

type CallTags = { run?: string; agent?: string; step?: string; workspace?: string };
const call = (time: string, credits: number, tags: CallTags, model = "m", of = who) =>
  charge(when(time), { ...spend(of, credits), model, tags, idempotencyKey: `call-${calls++}` });
const runs = async (query: Record<string, string> = {}, of = who) => listRuns(of.ctx, runsQuery.parse(query));
const ids = ({ data }: { data: { id: string }[] }) => data.map(({ id }) => id);

beforeAll(async () => {
  await real.db.operator.query("SELECT ledger.ensure_partitions('2026-01-01', '2027-02-01')");
  who = await organization(when("2026-05-01T09:00:00Z"), { credit: 10_000n });
  other = await organization(when("2026-05-01T09:00:00Z"), { credit: 100n });
  await call("2026-05-02T10:00:00Z", 10, { run: "old", agent: "writer" });
  await call("2026-05-09T23:59:00Z", 10, { run: "film-1", agent: "writer", step: "s1" });
  await call("2026-05-10T00:04:00Z", 30, { run: "film-1", agent: "cutter", step: "s2" }, "large");
  await call("2026-05-10T00:05:00Z", 5, { run: "film-2", agent: "writer", step: "s1" });
  wrong = await call("2026-05-10T00:06:00Z", 100, { run: "film-2", agent: "writer" });
  await call("2026-05-10T00:07:00Z", 1, { agent: "writer" });
  await refund(when("2026-05-10T01:00:00Z"), { id: wrong.id, reason: "Failed", idempotencyKey: "refund" });
  who = { ...who, ctx: { ...who.ctx, now: new Date("2026-05-10T20:00:00Z") } };
  await call("2026-05-10T00:05:00Z", 7, { run: "film-1", agent: "writer" }, "m", other);
  other = { ...other, ctx: { ...other.ctx, now: new Date("2026-05-10T20:00:00Z") } };
});

describe("the list of runs", () => {
  it("has one row for each run, the latest first, with its cost net of refunds", async () => {
    const found = await runs();
    expect(runListSchema.parse(found)).toEqual(found);
    expect(found.nextCursor).toBeNull();
    expect(found.data).toEqual([
      {
        id: "film-2",
        startedAt: "2026-05-10T00:05:00.000Z",
        endedAt: "2026-05-10T00:06:00.000Z",
        calls: 1,
        cost: "5",
        models: ["m"],
        tags: { agent: ["writer"] },
      },
      {
        id: "film-1",
        startedAt: "2026-05-09T23:59:00.000Z",
        endedAt: "2026-05-10T00:04:00.000Z",
        calls: 2,
        cost: "40",
        models: ["large", "m"],
        tags: { agent: ["cutter", "writer"] },
      },
      expect.objectContaining({ id: "old", calls: 1, cost: "10" }),
    ]);
  });

  it("has the runs that began in a range, page by page", async () => {
    expect(ids(await runs({ from: "2026-05-10", to: "2026-05-11" }))).toEqual(["film-2"]);
    expect(ids(await runs({ from: "2026-05-09", to: "2026-05-10" }))).toEqual(["film-1"]);
    const one = await runs({ limit: "1" });
    const two = await runs({ limit: "2", cursor: one.nextCursor ?? "" });
    expect([...ids(one), ...ids(two)]).toEqual(["film-2", "film-1", "old"]);
    expect(two.nextCursor).toBeNull();
    await expect(runs({ cursor: "bm9uZQ" })).rejects.toMatchObject({ code: "validation_failed" });
  });

  it("is searched by the beginning of an id, of any time", async () => {
    const later = { ...who, ctx: { ...who.ctx, now: new Date("2026-12-10T20:00:00Z") } };
    expect(ids(await runs({}, later))).toEqual([]);
    expect(ids(await runs({ search: "film" }, later))).toEqual(["film-2", "film-1"]);
    expect(ids(await runs({ search: "ilm" }, later))).toEqual([]);
    expect(ids(await runs({ search: "f%" }, later))).toEqual([]);
  });

  it("belongs to its organization, as each run does", async () => {
    expect((await runs({}, other)).data).toMatchObject([{ id: "film-1", cost: "7" }]);
    expect(await getRun(who.ctx, { id: "film-1" })).toMatchObject({ id: "film-1", cost: "40" });
    await expect(getRun(other.ctx, { id: "film-2" })).rejects.toMatchObject({ code: "not_found" });
    await expect(getRun(who.ctx, { id: "a\0" })).rejects.toMatchObject({ code: "not_found" });
    const actor = { type: "key", organizationId: other.organizationId, keyId: "x" } as const;
    await expect(listRuns({ ...who.ctx, actor }, runsQuery.parse({}))).rejects.toMatchObject({ code: "not_found" });
  });

  it("leaves the ledger sound", async () => {
    expect(await brokenInvariants(real)).toEqual([]);
  });
});

describe("the log by a tag that is only logged", () => {
  const costs = async (query: Record<string, string>, of = who) => {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listEvents(of.ctx, eventsQuery.parse({ ...query, limit: "2", cursor }));
      found.push(...page.data.map(({ cost }) => cost));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return found;
  };

  it("has the calls and refunds of a run, page by page", async () => {
    expect(await costs({ tag: "run:film-2" })).toEqual(["-100", "100", "5"]);
    expect(await costs({ tag: "run:film-2", successfulOnly: "true" })).toEqual(["5"]);
    expect(await costs({ tag: "run:film-1" }, other)).toEqual(["7"]);
    expect(await costs({ tag: "run:film" })).toEqual([]);
  });

  it("takes every other filter beside it", async () => {
    expect(await costs({ tag: "step:s1" })).toEqual(["5", "10"]);
    expect(await costs({ tag: "run:film-1", model: "large" })).toEqual(["30"]);
    expect(await costs({ tag: "run:film-1", from: "2026-05-10" })).toEqual(["30"]);
    await expect(costs({ tag: "stage:s1" })).rejects.toMatchObject({ code: "validation_failed" });
  });
});

describe("costs by agent and model", () => {
  it("are those of a range, with the cost of each run that used it", async () => {
    const of = async (by: string) => (await runCosts(who.ctx, runCostsQuery.parse({ by }))).data;
    expect(await of("tag:agent")).toEqual([
      { name: "cutter", calls: 1, cost: "30", runs: 1, perRun: "30" },
      { name: "writer", calls: 4, cost: "26", runs: 3, perRun: "9" },
    ]);
    expect(await of("model")).toEqual([
      { name: "large", calls: 1, cost: "30", runs: 1, perRun: "30" },
      { name: "m", calls: 4, cost: "26", runs: 3, perRun: "9" },
    ]);
    await expect(of("tag:run")).rejects.toMatchObject({ code: "validation_failed" });
  });

  it("are summed for any two groups together, except for two tags", async () => {
    const by = async (groupBy: string) => (await usage(who.ctx, usageQuery.parse({ groupBy }))).data;
    expect((await by("tag:agent,model")).map(({ tag, model, cost }) => [tag, model, cost])).toEqual([
      ["cutter", "large", "30"],
      ["writer", "m", "26"],
    ]);
    await expect(by("tag:agent,tag:workspace")).rejects.toMatchObject({
      code: "validation_failed",
      message: expect.stringContaining("tag:agent or by tag:workspace"),
    });
  });
});

describe("a filter by run", () => {
  it("reads no more of a long log than the calls of the run", async () => {
    const client = new pg.Client(process.env.DATABASE_URL);
    await client.connect();
    try {
      await client.query("BEGIN");
      await client.query("SET LOCAL ROLE tollgate_app");
      await client.query("SELECT set_config('tollgate.organization', $1, true)", [who.organizationId]);
      const { rows } = await client.query<{ "QUERY PLAN": string }>(
        `EXPLAIN SELECT e.* FROM tagged_event t
         JOIN ledger.usage_event e ON e.organization_id = t.organization_id AND e.id = t.event_id
         WHERE e.organization_id = $1 AND t.organization_id = $1 AND t.tag = 'run' AND t.value = 'film-1'
           AND t.occurred_at >= '2026-05-01' AND t.occurred_at < '2026-06-01'
         ORDER BY t.occurred_at DESC, t.event_id DESC LIMIT 50`,
        [who.organizationId],
      );
      const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
      expect(plan).toMatch(/Index.* tagged_event_pkey on tagged_event/);
      expect(plan).toMatch(/value = 'film-1'/);
    } finally {
      await client.end();
    }
  });
});
