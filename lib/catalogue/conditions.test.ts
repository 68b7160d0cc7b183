import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TollgateError } from "@/lib/kernel/errors";
import { checkCatalogue, parseCatalogue, presetNames } from "./load";
import { planCatalogue } from "./plan";
import { pastLines, priceCall } from "./price";
import type { CallShape, Catalogue } from "./schema";

const NOON = Date.UTC(2026, 10, 30, 12);

function text(price: string, rest = ""): string {
  return `
name: holes
unit: { code: USD, kind: currency, scale: 9, singular: US dollar, plural: US dollars }
payment: { currency: USD, symbol: $ }
operator: { name: Holes, support: support@holes.example }
meters:
  - { name: input_token, label: input tokens }
  - { name: cached_token, label: cached tokens }
${rest}
prices:
  - endpoint: chat
    model: m
${price}
payg: { mode: always }
settlement: capped
levels: [{ name: normal, above: "1", advice: Continue }, { name: critical, advice: Top up }]
insufficient: { code: insufficient_credits, message: Not enough }
`;
}

const open = (price: string, rest = "", stored = false): Catalogue =>
  parseCatalogue(text(price, rest), "x.yaml", { stored });

function refused(price: string, rest = ""): string {
  try {
    open(price, rest);
  } catch (error) {
    if (error instanceof TollgateError) return error.message;
    throw error;
  }
  return "accepted";
}

const call = (quantities: Record<string, number>, options: CallShape["options"] = {}, model = "m"): CallShape => ({
  endpoint: "chat",
  model,
  quantities: Object.fromEntries(Object.entries(quantities).map(([meter, count]) => [meter, BigInt(count)])),
  options,
});

const CACHED = `      - { meter: cached_token, amount: "1" }`;

describe("a catalogue with a counted meter", () => {
  const TWO_OPTIONS = `    options:
      tier: { type: choice, values: [standard, batch] }
      context: { type: choice, values: [short, long] }
    components:
${CACHED}
      - { meter: input_token, amount: "3", per: 1000000, when: { tier: standard, context: short } }
      - { meter: input_token, amount: "6", per: 1000000, when: { tier: standard, context: long } }
      - { meter: input_token, amount: "1.5", per: 1000000, when: { tier: batch, context: short } }`;

  it("is refused where nothing prices a combination of two options, with its line", () => {
    expect(refused(TWO_OPTIONS)).toBe(
      "x.yaml:18:9 prices[0].components[1]: input_token has no price for tier=batch, context=long; add a component with " +
        "`when: {tier: batch, context: long}`, or one that says `free: true` there",
    );
  });

  it("is refused where a boolean is priced for true only", () => {
    const price = `    options: { fast: { type: boolean } }
    components:
${CACHED}
      - { meter: input_token, amount: "3", when: { fast: true } }`;
    expect(refused(price)).toContain(
      "input_token has no price for fast=false; add a component with `when: {fast: false}`",
    );
  });

  it.each([`{ meter: input_token, free: true, when: HOLE }`, `{ meter: input_token, amount: "0", when: HOLE }`])(
    "accepts an explicit %s",
    (component) => {
      const whole = `${TWO_OPTIONS}\n      - ${component.replace("HOLE", "{ tier: batch, context: long }")}`;
      const { cost, lines } = priceCall(
        open(whole),
        call({ input_token: 5 }, { tier: "batch", context: "long" }),
        NOON,
      );
      expect([cost, lines.length]).toEqual([0n, 1]);
    },
  );

  it("refuses the call where an older version leaves a combination unpriced, and shows past calls of it as they were", () => {
    const stored = open(TWO_OPTIONS, "", true);
    const shape = call({ input_token: 300_000 }, { tier: "batch", context: "long" });
    expect(() => priceCall(stored, shape, NOON)).toThrow(
      expect.objectContaining({
        code: "validation_failed",
        message: expect.stringContaining("m has no price for input_token with tier=batch, context=long"),
        details: expect.objectContaining({ field: "quantities.input_token" }),
      }),
    );
    expect(pastLines(stored, shape, NOON)).toEqual([]);
    expect(priceCall(stored, call({ cached_token: 1 }, { tier: "batch", context: "long" }), NOON).cost).toBe(
      1_000_000_000n,
    );
  });

  it("says how many combinations are too many", () => {
    const names = Array.from({ length: 13 }, (_, n) => `o${n}`);
    const price = `    options: { ${names.map((name) => `${name}: { type: boolean }`).join(", ")} }
    components:
${CACHED}
      - { meter: input_token, amount: "1", when: { ${names.map((name) => `${name}: true`).join(", ")} } }`;
    expect(refused(price)).toContain(
      "input_token has 8192 combinations of options, tiers and periods, and 4096 is the maximum",
    );
  });

  it("refuses a component that has no price and does not say that it is free", () => {
    expect(refused(`    components:\n${CACHED}\n      - { meter: input_token }`)).toContain(
      "input_token has no amount",
    );
    const both = `    components:\n${CACHED}\n      - { meter: input_token, amount: "1", free: true }`;
    expect(refused(both)).toContain("input_token is free and has an amount; keep one");
  });
});

const tier = (meter: string, amount: string, bound: string) =>
  `      - { meter: ${meter}, amount: "${amount}", per: 1000000, whenTotal: { meters: [input_token, cached_token], ${bound} } }`;
const tiers = (...lines: string[]) => `    components:\n${lines.join("\n")}`;
const LONG = tiers(
  tier("input_token", "3", "upTo: 200000"),
  tier("input_token", "6", "above: 200000, upTo: 500000"),
  tier("input_token", "9", "above: 500000"),
  tier("cached_token", "0.3", "upTo: 200000"),
  tier("cached_token", "0.6", "above: 200000"),
);

describe("tiers by the whole prompt", () => {
  it.each([
    [{ input_token: 200_000 }, 600_000_000n],
    [{ input_token: 200_001 }, 1_200_006_000n],
    [{ input_token: 100_000, cached_token: 100_001 }, 660_000_600n],
    [{ input_token: 500_001 }, 4_500_009_000n],
  ])("price all of %o by the tier that its total is in", (quantities, cost) => {
    expect(priceCall(open(LONG), call(quantities), NOON).cost).toBe(cost);
  });

  it("appear on the line", () => {
    const { lines } = priceCall(open(LONG), call({ input_token: 200_001 }), NOON);
    expect(lines[0]?.whenTotal).toEqual({ meters: ["input_token", "cached_token"], above: 200_000, upTo: 500_000 });
  });

  it("leave no gap and no overlap", () => {
    const gap = tiers(tier("input_token", "3", "upTo: 200000"), tier("input_token", "6", "above: 300000"), CACHED);
    expect(refused(gap)).toContain(
      "input_token has no price for input_token + cached_token above 200000 and up to 300000",
    );
    const open = tiers(tier("input_token", "6", "above: 200000"), CACHED);
    expect(refused(open)).toContain(
      "add a component with `whenTotal: {meters: [input_token, cached_token], upTo: 200000}`",
    );
    const twice = tiers(
      `      - { meter: input_token, amount: "3" }`,
      tier("input_token", "6", "above: 200000"),
      CACHED,
    );
    expect(refused(twice)).toContain("prices input_token a second time after components[0]");
    const over = tiers(tier("input_token", "3", "upTo: 300000"), tier("input_token", "6", "above: 200000"), CACHED);
    expect(refused(over)).toContain("prices input_token a second time after components[0]");
    expect(refused(tiers(tier("input_token", "3", "above: 5, upTo: 5"), CACHED))).toContain(
      "must be more than above, which is 5",
    );
  });

  it("never make a longer prompt the cheaper one, because a hold of it would be no ceiling", () => {
    const falls = tiers(tier("input_token", "6", "upTo: 200000"), tier("input_token", "3", "above: 200000"), CACHED);
    expect(refused(falls)).toContain(
      "input_token costs less with input_token + cached_token above 200000 than below: a longer prompt would be the cheaper one",
    );
  });

  it("quote at least the price of any smaller quantities, in whatever tier those are", () => {
    const catalogue = open(LONG);
    const count = fc.nat(900_000);
    fc.assert(
      fc.property(count, count, fc.nat(100), fc.nat(100), (input_token, cached_token, one, other) => {
        const less = {
          input_token: Math.floor((input_token * one) / 100),
          cached_token: Math.floor((cached_token * other) / 100),
        };
        const ceiling = priceCall(catalogue, call({ input_token, cached_token }), NOON).cost;
        expect(priceCall(catalogue, call(less), NOON).cost <= ceiling).toBe(true);
      }),
    );
  });

  it("differ for `plan`", () => {
    const changed = open(LONG.replace('"9"', '"12"'));
    expect(planCatalogue(open(LONG), changed)).toMatchObject([
      { what: "input_token (input_token + cached_token above 500000)", from: "9 per 1000000", to: "12 per 1000000" },
    ]);
  });
});

const PERIODS = `periods:
  timeZone: Asia/Shanghai
  list:
    - name: peak
      label: Peak hours
      hours: [{ days: [mon, tue, wed, thu, fri], from: "08:30", to: "00:30" }, { days: [sun], from: "12:00", to: "13:00" }]
    - { name: off_peak, label: Off-peak }`;
const BY_HOUR = `    components:
${CACHED}
      - { meter: input_token, amount: "2", whenPeriod: peak }
      - { meter: input_token, amount: "1", whenPeriod: off_peak }`;

describe("prices by the hour and the weekday", () => {
  it.each([
    ["Monday 08:29", "2026-11-30T00:29:59.999Z", 1n],
    ["Monday 08:30", "2026-11-30T00:30:00Z", 2n],
    ["Saturday 00:29, which is Friday's", "2026-11-27T16:29:00Z", 2n],
    ["Saturday 00:30", "2026-11-27T16:30:00Z", 1n],
    ["Saturday noon", "2026-11-28T04:00:00Z", 1n],
    ["Sunday 12:59", "2026-11-29T04:59:00Z", 2n],
    ["Sunday 13:00", "2026-11-29T05:00:00Z", 1n],
    ["Monday 00:10", "2026-11-29T16:10:00Z", 1n],
  ])("follow the clock of the catalogue's zone: %s", (_, at, dollars) => {
    const { cost } = priceCall(open(BY_HOUR, PERIODS), call({ input_token: 1 }), Date.parse(at));
    expect(cost).toBe(dollars * 1_000_000_000n);
  });

  it("leave no hour without a price", () => {
    const hole = BY_HOUR.replace(/\n.*off_peak }/, "");
    expect(refused(hole, PERIODS)).toContain("input_token has no price for period=off_peak");
    expect(refused(BY_HOUR.replace("off_peak", "night"), PERIODS)).toContain('there is no period "night"');
    expect(refused(BY_HOUR)).toContain('there is no period "peak"');
    const all = PERIODS.replace("label: Off-peak }", 'label: Off-peak, hours: [{ from: "00:00", to: "01:00" }] }');
    expect(refused(BY_HOUR, all)).toContain("the last period takes the rest; remove its hours");
    expect(refused(BY_HOUR, PERIODS.replace("Asia/Shanghai", "Asia/Nowhere"))).toContain("must be a time zone");
  });
});

describe("an alias", () => {
  const price = `    aliases: [m-2024-08-06, m-latest]\n    components:\n${CACHED}\n      - { meter: input_token, amount: "1" }`;

  it("is priced as its model and named by it", () => {
    const { cost, model } = priceCall(open(price), call({ input_token: 2 }, {}, "m-2024-08-06"), NOON);
    expect([cost, model]).toEqual([2_000_000_000n, "m"]);
  });

  it("is a name that no other price of the endpoint has", () => {
    expect(refused(price.replace("m-latest", "m"))).toContain("chat m is priced a second time after prices[0]");
    expect(refused(price.replace("m-latest", "m-2024-08-06"))).toContain(
      "prices[0].aliases[1]: chat m-2024-08-06 is priced",
    );
  });

  it("is suggested for an unknown name", () => {
    expect(() => priceCall(open(price), call({ input_token: 1 }, {}, "m-2024-08-07"), NOON)).toThrow(
      "did you mean m-2024-08-06?",
    );
  });
});

describe("the check of prices", () => {
  it.each([`"-0.5"`, "-0.5"])("calls %s a negative price", (amount) => {
    const price = `    components:\n${CACHED}\n      - { meter: input_token, amount: ${amount} }`;
    expect(refused(price)).toContain("prices[0].components[1].amount: is a negative price, which would pay the caller");
  });

  it("warns of a unit so coarse that a short call is free or pays twice its price", async () => {
    const file = join(await mkdtemp(join(tmpdir(), "coarse-")), "cents.yaml");
    const cents = text(`    components:
      - { meter: input_token, amount: "0.15", per: 1000000 }
      - { meter: cached_token, amount: "0.006", per: 1000 }`);
    await writeFile(file, cents.replace("scale: 9", "scale: 4").replace("0.006", "0.0600"));
    const { warnings } = await checkCatalogue(file);
    expect(warnings).toEqual([
      `${file}:14:31 prices[0].components[0].amount: 100 input_token of m cost 0.000015 USD and are charged as 0, because the ` +
        "smallest amount of the unit is 0.0001; give a new installation's unit a larger `scale`, or price longer calls",
      expect.stringContaining("1 cached_token of m cost 0.00006 USD and are charged as 0.0001, because"),
    ]);
  });

  it("warns of none of the presets", async () => {
    for (const name of await presetNames()) expect((await checkCatalogue(name)).warnings).toEqual([]);
  });
});
