import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { TollgateError } from "@/lib/kernel/errors";
import { refusalBody } from "./dialect";
import { levelOf, whatBuys } from "./level";
import { catalogueHash, parseCatalogue, presetNames, readCatalogue, readCatalogueText } from "./load";

const text = await readFile("catalogues/persly.yaml", "utf8");
const tokenPacks = await readFile("catalogues/token-packs.yaml", "utf8");
const apertis = await readFile("catalogues/apertis.yaml", "utf8");
const humalike = await readFile("catalogues/humalike.yaml", "utf8");

function refused(source: string): string {
  try {
    parseCatalogue(source, "x.yaml");
  } catch (error) {
    if (error instanceof TollgateError) return error.message;
    throw error;
  }
  return "accepted";
}

/** The preset with one part replaced, and the line on which that part stands. */
function edit(source: string, part: string, by: string): { message: string; line: number } {
  const offset = source.indexOf(part);
  if (offset < 0) throw new Error(`the preset has no ${part}`);
  return {
    message: refused(source.replace(part, () => by)),
    line: source.slice(0, offset).split("\n").length,
  };
}

describe("an error of a catalogue", () => {
  it.each<[string, string, string, string, string]>([
    [
      "a number without quotes",
      text,
      'amount: "0.15"',
      "amount: 0.15",
      'prices[0].components[0].amount: must be in quotes; write "0.15"',
    ],
    ["an exponent", text, 'amount: "0.15"', 'amount: "1e-1"', 'must be a decimal in quotes, such as "0.15"'],
    ["too many digits", text, 'amount: "0.15"', 'amount: "0.1234567891"', "more than 9 decimal digits"],
    ["an odd unit size", text, "per: 1000 }", "per: 100 }", "write `per: 1000000` for a price per million"],
    [
      "an unknown setting",
      text,
      "label: Chat\n",
      "lable: Chat\n",
      "prices[0].lable: is not a known setting; remove it",
    ],
    ["a wrong word", text, "settlement: capped", "settlement: open", "must be one of: capped, actual"],
    [
      "a meter that is not declared",
      text,
      "{ meter: search,",
      "{ meter: serch,",
      'there is no meter "serch"; write search',
    ],
    [
      "a maximum without a price",
      text,
      "    uncharged: [byte]\n    # 40",
      "    # 40",
      "byte has a maximum but no price",
    ],
    [
      "a variant without a price",
      text,
      "when: { variant: advanced }",
      "when: { variant: basic, extra: true }",
      'there is no option "extra"',
    ],
    [
      "a variant of another name",
      text,
      "when: { variant: advanced }",
      "when: { variant: advance }",
      'there is no value of variant "advance"; write advanced',
    ],
    [
      "a component twice",
      text,
      "          when: { followUp: true },\n",
      "",
      "prices request a second time after components[0]",
    ],
    [
      "a price twice",
      text,
      "model: persly-chat-pro-v1",
      "model: persly-chat-v1",
      "chat persly-chat-v1 is priced a second time after prices[0]",
    ],
    ["levels out of order", text, 'from: "1.00"', 'from: "3.00"', "must have a lower bound than the level before it"],
    [
      "a gap below the last level",
      text,
      "name: critical, advice",
      'name: critical, from: "0.10", advice',
      "leaves a gap below its bound",
    ],
    ["a bad address", text, "support@persly.example", "nobody", "operator.support"],
    [
      "a baseline without its variant",
      text,
      "model: persly-finder-v1\n    options: { variant: basic }",
      "model: persly-finder-v1",
      "cannot be priced: option variant must be one of",
    ],
    ["an amount that cannot be", text, 'amount: "5.00"', 'amount: "99999999999.00"', "it is too large"],
    [
      "a plan that is not there",
      tokenPacks,
      "defaultPlan: free",
      "defaultPlan: fre",
      'there is no plan "fre"; write free',
    ],
    ["a default plan that costs", tokenPacks, "defaultPlan: free", "defaultPlan: team", "must be a free plan"],
    ["a pack that is not there", tokenPacks, "pack: plus", "pack: plu", "must name a pack"],
    ["a hint to no model", apertis, "model: gpt-4o-mini, name", "model: gpt-4o-mni, name", "write gpt-4o-mini"],
    ["a hint by no meter", apertis, "answerMeter: output_token", "answerMeter: output_tokn", "write output_token"],
    [
      "a fingerprint that is not logged",
      apertis,
      "fingerprintTag: fingerprint",
      "fingerprintTag: hash",
      "hash is not logged",
    ],
    [
      "a tag that is not declared",
      tokenPacks,
      "resource: [project, session]",
      "resource: [project, sesion]",
      "sesion is not a tag",
    ],
    [
      "an endpoint without product",
      humalike,
      "endpoints: [theory-of-mind]",
      "endpoints: [theory-of-mint]",
      'there is no billable endpoint "theory-of-mint"; write theory-of-mind',
    ],
  ])("names the line and what to write instead: %s", (_, source, part, by, words) => {
    const { message, line } = edit(source, part, by);
    expect(message).toContain(words);
    const lines = [...message.matchAll(/^x\.yaml:(\d+):\d+ /gm)].map((match) => Number(match[1]));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.some((found) => Math.abs(found - line) <= 6)).toBe(true);
  });

  it.each([
    ["JPY, digits: 2", "payment.digits: JPY is charged with 0 decimal digits; write `digits: 0`, or leave it out"],
    ["KWD, digits: 2", "KWD is charged with 3 decimal digits"],
    ["ISK, digits: 0", "ISK is charged with 2 decimal digits"],
    ["UGX, digits: 0", "UGX is charged with 2 decimal digits"],
    ["LBP, digits: 0", "LBP is charged with 2 decimal digits"],
    ["XTS", "payment.currency: Stripe charges no XTS; write a currency that it charges, such as EUR"],
    ["BTC", "Stripe charges no BTC"],
  ])("refuses payment in %s, where an amount would be charged a hundred times or not at all", (payment, words) => {
    expect(refused(text.replace("currency: USD", `currency: ${payment}`))).toContain(words);
  });

  it("refuses prices that the currency cannot charge", () => {
    const shop = (currency: string) => refused(tokenPacks.replace("currency: EUR", `currency: ${currency}`));
    expect(shop("JPY")).toBe("accepted");
    const odd = tokenPacks.replace('monthly: "29.00"', 'monthly: "29.55"');
    expect(refused(odd.replace("currency: EUR", "currency: JPY"))).toContain("it has more than 0 decimal digits");
    expect(refused(odd.replace("currency: EUR", "currency: ISK"))).toContain(
      "plans[2].price.monthly: the nearest amounts that can be charged are 29.00 and 30.00",
    );
    expect(refused(odd.replace("29.55", "29.555").replace("currency: EUR", "currency: KWD"))).toContain(
      "the nearest amounts that can be charged are 29.550 and 29.560",
    );
  });

  it("points at the exact line and column of a value's key", () => {
    expect(edit(text, "settlement: capped", "settlement: open").message).toMatch(/^x\.yaml:\d+:1 settlement: /);
    const { message, line } = edit(text, "per: 1000 }", "per: 100 }");
    expect(message).toContain(`x.yaml:${line}:43 prices[3].components[0].per: `);
  });

  it("finds a variant that nothing prices", () => {
    const source = text.replace("values: [basic, advanced]", "values: [basic, advanced, deep]");
    expect(refused(source)).toContain(
      "request has no price for variant=deep; add a component with `when: {variant: deep}`, or one that says `free: true` there",
    );
  });

  it("finds an option that changes nothing and a meter that no call counts", () => {
    const meter = text.replace("meters:\n", "meters:\n  - { name: frame, label: frames }\n");
    expect(refused(meter)).toContain("no price counts frame; add a component for it, or remove the meter");
    const option = text.replace("label: Rerank\n", "label: Rerank\n    options: { fast: { type: boolean } }\n");
    expect(refused(option)).toContain("no component depends on fast");
  });

  it("says what is missing", () => {
    expect(refused(text.replace("settlement: capped\n", ""))).toMatch(
      /^x\.yaml:\d+:\d+ settlement: is missing; write one of: capped, actual$/m,
    );
  });

  it.each([
    ["not YAML", "a: [1"],
    ["a key twice", `${text}\nsettlement: capped\n`],
    ["an empty file", ""],
    ["a list", "- 1"],
    [
      "a billion laughs",
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c]\n`,
    ],
    ["a word for a whole file", "persly"],
  ])("refuses %s with a line", (_, source) => {
    expect(refused(source)).toMatch(/^x\.yaml:\d+:\d+ /);
  });
});

describe("a preset", () => {
  it("is found by name, by path, and suggested when misspelt", async () => {
    expect(await presetNames()).toEqual(["apertis", "humalike", "persly", "pleyor", "token-packs"]);
    expect((await readCatalogue("catalogues/persly.yaml")).name).toBe("persly");
    await expect(readCatalogueText("perslie")).rejects.toThrow("did you mean persly?");
    await expect(readCatalogueText("./none.yaml")).rejects.toThrow("there is no catalogue at ./none.yaml");
  });

  it("is frozen", async () => {
    const catalogue = await readCatalogue("apertis");
    expect(Object.isFrozen(catalogue.priceIndex.get("chat\ngpt-4o")?.components[0])).toBe(true);
  });

  it("keeps its hash over line ends only", () => {
    expect(catalogueHash("a\r\nb")).toBe(catalogueHash("a\nb"));
    expect(catalogueHash("a\nb")).not.toBe(catalogueHash("a\nb "));
  });
});

describe("the texts of a preset", () => {
  it.each([
    ["20.000000001", 20_000_000_001n, "normal", "Continue usage"],
    ["20", 20_000_000_000n, "low", "Consider top-up"],
    ["10", 10_000_000_000n, "low", "Consider top-up"],
    ["9.999999999", 9_999_999_999n, "warning", "Top up soon"],
    ["5", 5_000_000_000n, "warning", "Top up soon"],
    ["4.999999999", 4_999_999_999n, "critical", "Top up immediately"],
    ["0", 0n, "critical", "Top up immediately"],
    ["-1", -1_000_000_000n, "critical", "Top up immediately"],
  ])("name the level of a balance: apertis, $%s is %3$s", async (_, available, name, advice) => {
    expect(levelOf(await readCatalogue("apertis"), available)).toEqual({ name, advice });
  });

  it("say that $5 buys 33 chats and about 140 basic searches", async () => {
    const persly = await readCatalogue("persly");
    expect(whatBuys(persly, 5_000_000_000n)).toMatchObject([
      { exact: 33n, about: "33", rest: 50_000_000n },
      { exact: 142n, about: "140", rest: 30_000_000n },
    ]);
    expect(whatBuys(persly, 150_000_000n)[0]).toMatchObject({ label: "persly-chat-v1 request at base price" });
    expect(whatBuys(persly, -1n)[0]).toMatchObject({ exact: 0n, about: "0", rest: 0n });
  });

  it.each([
    [
      "persly",
      '{"error":{"message":"Insufficient credits. Please purchase credits to continue.","type":"insufficient_credits","code":"insufficient_credits","param":null}}',
    ],
    [
      "apertis",
      '{"error":{"message":"Insufficient account balance","type":"billing_error","code":"insufficient_balance"}}',
    ],
    ["humalike", '{"error":{"code":"PAYMENT_REQUIRED","message":"insufficient credits"}}'],
    ["pleyor", null],
    ["token-packs", null],
  ])("have the 402 of its page: %s", async (name, body) => {
    const catalogue = await readCatalogue(name);
    expect(refusalBody(catalogue, 402, catalogue.insufficient.code, "anything")).toBe(body);
  });

  it("put other codes into the same shape, and do not expand what a message holds", async () => {
    const persly = await readCatalogue("persly");
    expect(refusalBody(persly, 402, "key_limit_exceeded", 'over "{code}" $& $1')).toBe(
      '{"error":{"message":"over \\"{code}\\" $& $1","type":"key_limit_exceeded","code":"key_limit_exceeded","param":null}}',
    );
  });
});
