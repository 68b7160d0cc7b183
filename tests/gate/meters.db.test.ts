/** More meters than twelve: counted, summed and given back like the first ones; calls that use few stay small. */
import { describe, expect, it } from "vitest";
import { charge, hold, refund, settle } from "@/lib/gate";
import { usage } from "@/lib/usage";
import { usageQuery } from "@/lib/usage/schema";
import { many } from "../fixtures/call";
import { creditCatalogue, installation } from "../fixtures/catalogue";
import { brokenInvariants, ownerRows } from "../fixtures/ledger";
import { type Organization, organization } from "../fixtures/organization";

const METERS = 30;
const names = many(METERS, (index) => `meter_${index + 1}`);
const LAST = `meter_${METERS}`;
const LARGEST = 2n ** 53n - 1n;

function wideCatalogue(): string {
  const meters = names.map((name) => `  - { name: ${name}, label: ${name} }`).join("\n");
  const per = (name: string) => (name === LAST ? 1_000_000 : 1);
  const components = names.map((name) => `{ meter: ${name}, amount: "1", per: ${per(name)} }`).join(", ");
  const wide = `  - { endpoint: wide, model: m, components: [${components}] }\n`;
  return creditCatalogue()
    .replace("  - { name: token, label: tokens }\n", `  - { name: token, label: tokens }\n${meters}\n`)
    .replace("plans:\n", `${wide}plans:\n`);
}

const ctx = await installation(wideCatalogue());

const call = ({ id }: Organization, quantities: Record<string, bigint>, idempotencyKey: string) => ({
  organization: id,
  endpoint: "wide",
  model: "m",
  quantities,
  tags: { agent: "a" },
  idempotencyKey,
});

describe("a catalogue of 32 meters", () => {
  it("counts each meter in its place, for calls that are settled, charged and refunded together", async () => {
    const who = await organization(ctx, { credit: 1_000_000n });
    const held = await hold(ctx, call(who, { meter_1: 10n, meter_30: 9n }, "hold"));
    const answers = await Promise.all([
      settle(ctx, { id: held.id, quantities: { meter_1: 4n, meter_30: 7n }, idempotencyKey: "settle" }),
      ...many(20, (i) => charge(ctx, call(who, { meter_2: 1n, meter_11: 2n, meter_20: 3n }, `charge ${i}`))),
      charge(ctx, { ...call(who, {}, "narrow"), endpoint: "call", quantities: { credit: 1n } }),
    ]);
    await refund(ctx, { id: answers[1]?.id ?? "", reason: "test", idempotencyKey: "refund" });
    const { totals } = await usage(who.ctx, usageQuery.parse({}));
    const counted = { meter_1: 4, meter_2: 19, meter_11: 38, meter_20: 57, meter_30: 7, credit: 1 };
    expect(totals.quantities).toEqual(counted);
    const sums = await ownerRows<{ sum: string }>(
      `SELECT q AS sum FROM usage_tag_rollup, unnest(quantities) AS q WHERE organization_id = $1 AND q <> 0 ORDER BY q`,
      [who.organizationId],
    );
    expect(sums.map(({ sum }) => Number(sum))).toEqual([1, 4, 7, 19, 38, 57]);
    expect(await brokenInvariants(ctx)).toEqual([]);
  });

  it("costs no space where a call uses few: the sums of the first meters stay twelve places wide", async () => {
    const who = await organization(ctx, { credit: 100n });
    for (const key of ["a", "b"]) await charge(ctx, call(who, { meter_1: 1n, meter_2: 1n }, key));
    const rows = await ownerRows<{ places: number }>(
      `SELECT cardinality(quantities) AS places FROM usage_rollup WHERE organization_id = $1
       UNION ALL SELECT cardinality(quantities) FROM usage_tag_rollup WHERE organization_id = $1`,
      [who.organizationId],
    );
    expect(rows.map(({ places }) => places)).toEqual([12, 12]);
  });

  it("takes the largest count of a late meter, and the check finds one that is wrong", async () => {
    const who = await organization(ctx, { credit: 10n ** 11n });
    await charge(ctx, call(who, { meter_30: LARGEST }, "most"));
    const place = `UPDATE usage_rollup SET quantities[32] = quantities[32] + $2 WHERE organization_id = $1`;
    await ownerRows(place, [who.organizationId, 1]);
    const wrong = (await brokenInvariants(ctx)).map(({ name }) => name);
    expect(wrong).toEqual(["usage_rollup"]);
    await ownerRows(place, [who.organizationId, -1]);
  });
});
