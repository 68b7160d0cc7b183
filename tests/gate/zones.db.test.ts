/** Usage by hour and day where the clock is put back, and zones by their names of today. */
import { beforeAll, expect, it } from "vitest";
import { updateOrganization } from "@/lib/accounts";
import { charge, type GateContext } from "@/lib/gate";
import { newId } from "@/lib/kernel/ids";
import { presentZones } from "@/lib/kernel/time-zone";
import { usage } from "@/lib/usage";
import { usageQuery } from "@/lib/usage/schema";
import { spend } from "../fixtures/call";
import { installation } from "../fixtures/catalogue";
import { type Organization, organization } from "../fixtures/organization";

const when = (text: string): GateContext => ({ ...real, now: new Date(text), simulatedAt: new Date(text) });

const real = await installation();
beforeAll(async () => {
  await real.db.operator.query("SELECT ledger.ensure_partitions('2026-10-01', '2026-12-01')");
});

async function calls(timeZone: string, times: readonly string[]): Promise<Organization> {
  const who = await organization(when("2026-10-20T00:00:00Z"), { credit: 1_000n, timeZone });
  for (const [at, time] of times.entries()) {
    await charge(when(time), { ...spend(who, 1n << BigInt(at)), idempotencyKey: newId() });
  }
  return who;
}
const costs = async (who: Organization, asked: Record<string, string>) => {
  const answer = await usage(who.ctx, usageQuery.parse(asked));
  return answer.starts?.map((start) => [start, answer.data.find((row) => row.start === start)?.cost ?? "0"]);
};

it("an hour that autumn repeats is two rows", async () => {
  const who = await calls("Europe/Berlin", ["2026-10-25T00:10:00Z", "2026-10-25T01:10:00Z", "2026-10-25T02:10:00Z"]);
  const asked = { from: "2026-10-25", to: "2026-10-26", interval: "hour" };
  const rows = (await costs(who, asked)) ?? [];
  expect(rows).toHaveLength(25);
  expect(rows.slice(2, 5)).toEqual([
    ["2026-10-25T00:00:00.000Z", "1"], // 02:00, still in summer time
    ["2026-10-25T01:00:00.000Z", "2"], // 02:00, in winter time
    ["2026-10-25T02:00:00.000Z", "4"],
  ]);
});

it("a day whose midnight comes twice has all usage of its date", async () => {
  const times = ["2026-10-24T23:50:00Z", "2026-10-25T00:10:00Z", "2026-10-25T01:10:00Z", "2026-10-26T00:50:00Z"];
  const who = await calls("Atlantic/Azores", times);
  expect(await costs(who, { from: "2026-10-24", to: "2026-10-26", interval: "day" })).toEqual([
    ["2026-10-24T00:00:00.000Z", "1"],
    ["2026-10-25T00:00:00.000Z", "14"],
  ]);
});

it("the database knows every zone that the portal offers, and stores a former name as today's", async () => {
  const { rows } = await real.db.operator.query<{ name: string }>("SELECT name FROM pg_timezone_names");
  const known = new Set(rows.map(({ name }) => name));
  expect(presentZones().filter((name) => !known.has(name))).toEqual([]);
  const who = await organization(real);
  await updateOrganization(who.ctx, { name: "Customer", timeZone: "Europe/Kiev" });
  const answer = await usage(who.ctx, usageQuery.parse({}));
  expect(answer.timezone).toBe("Europe/Kyiv");
  expect((await usage(who.ctx, usageQuery.parse({ timezone: "Asia/Calcutta" }))).timezone).toBe("Asia/Kolkata");
});
