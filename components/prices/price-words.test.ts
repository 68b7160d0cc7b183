import { createTranslator, type useTranslations } from "next-intl";
import { describe, expect, it } from "vitest";
import { parseCatalogue, readCatalogue } from "@/lib/catalogue";
import { listPrices } from "@/lib/catalogue/price-list";
import type { Catalogue, ListedPrice } from "@/lib/catalogue/schema";
import { english } from "@/messages/english";
import { periodWords } from "./period-words";
import {
  countWords,
  discountedWords,
  limitWords,
  matching,
  priceRows,
  rateWords,
  stepWords,
  type Wording,
} from "./price-words";
import { buysTitle, purchaseWords } from "./purchase-words";

const t = createTranslator({ locale: "en", messages: english, namespace: "prices" }) as ReturnType<
  typeof useTranslations<"prices">
>;

function inWords(catalogue: Catalogue) {
  const list = listPrices({ catalogue, version: 1 });
  const meters = Object.fromEntries(catalogue.meters.map((meter) => [meter.name, meter]));
  const wording: Wording = { t, unit: catalogue.unit, meters, periods: list.periods };
  const priceOf = (model: string) => {
    const price = list.prices.find((one) => one.model === model);
    if (!price) throw new Error(`${model} has no price`);
    return price;
  };
  const each = (price: ListedPrice, words: (line: ListedPrice["lines"][number]) => string | null) =>
    priceRows(price, wording).map(({ variants, phrase }) => {
      const said = variants.map(({ title, line }) => [title, words(line)].filter(Boolean).join(" "));
      return [said.filter(Boolean).join(" / "), phrase].filter(Boolean).join(" ");
    });
  return {
    list,
    wording,
    sentence(model: string) {
      const price = priceOf(model);
      const parts = each(price, (line) => rateWords(line, wording));
      return [...parts, limitWords(price, wording)].filter(Boolean).join(", ");
    },
    discounted: (model: string, plan: string) => each(priceOf(model), (line) => discountedWords(line, plan, wording)),
    buys(model: string) {
      const price = priceOf(model);
      const counts = price.lines.filter(({ buys }) => buys !== undefined);
      return counts.map(({ buys = 0, meter }) => countWords(buys, meter, wording.meters));
    },
    steps: (model: string) => stepWords(priceOf(model), wording),
    title: () => list.purchase && buysTitle(list.purchase, wording),
    purchase() {
      const { promotional, topUp } = catalogue.labels;
      return (
        list.purchase && purchaseWords(list.purchase, wording, { promotional, topUp, symbol: catalogue.payment.symbol })
      );
    },
  };
}

type Words = ReturnType<typeof inWords>;
const [persly, apertis, pleyor, humalike, tokenPacks] = (
  await Promise.all(["persly", "apertis", "pleyor", "humalike", "token-packs"].map((name) => readCatalogue(name)))
).map(inWords) as [Words, Words, Words, Words, Words];

describe("the prices of persly", () => {
  const { sentence, buys, title, purchase } = persly;

  it("say what a follow-up and each page of an attachment add, and how large a request may be", () => {
    expect(sentence("persly-chat-v1")).toBe(
      "$0.15/request, +$0.01 when the follow-up generation step is invoked, +$0.003/page for image/PDF attachments, up to 30 pages and 40 MB/request",
    );
    expect(sentence("persly-chat-pro-v1")).toBe(
      "$0.50/request, +$0.01 when the follow-up generation step is invoked, +$0.01/page for image/PDF attachments, up to 60 pages and 40 MB/request",
    );
  });

  it("are per million tokens and per thousand searches", () => {
    expect(sentence("persly-embed-v1")).toBe("$0.30/1M tokens");
    expect(sentence("persly-rerank-v1")).toBe("$15.00/1K searches");
  });

  it("have basic and advanced side by side", () => {
    expect(sentence("persly-finder-v1")).toBe("basic $0.035/request / advanced $0.07/request");
  });

  it("say that the free credits buy 33 requests or about 140 basic searches", () => {
    expect(title()).toBe("What $5.00 buys");
    expect(purchase()).toBe(
      "A new account gets $5.00 (Free credits). This buys about 33 persly-chat-v1 requests at base price or about 140 Finder basic searches.",
    );
    expect(buys("persly-chat-v1")).toEqual(["33 requests"]);
    expect(buys("persly-finder-v1")).toEqual(["142 requests", "71 requests"]);
    expect(buys("persly-embed-v1")).toEqual(["16,666,666 tokens"]);
    expect(buys("persly-rerank-v1")).toEqual(["333 searches"]);
  });
});

describe("the prices of apertis", () => {
  const { sentence, discounted, buys, steps, title, purchase, list } = apertis;

  it("are per input token and per output token", () => {
    expect(sentence("gpt-4.1")).toBe("$2.00/1M input tokens, $8.00/1M output tokens, $0.50/1M cached input tokens");
  });

  it("have the steps of a long prompt side by side", () => {
    expect(sentence("claude-sonnet-4-5").split(", ").slice(0, 2)).toEqual([
      "up to 200,000 $3.00/1M input tokens / above 200,000 $6.00/1M input tokens",
      "up to 200,000 $15.00/1M output tokens / above 200,000 $22.50/1M output tokens",
    ]);
    expect(steps("claude-sonnet-4-5")).toBe(
      "“Up to” and “above” count the input tokens, cached input tokens and cache write tokens of the whole call.",
    );
    expect(steps("gpt-4o")).toBeNull();
  });

  it("are lower with the plan that has discounted rates", () => {
    expect(list.discounts).toEqual([{ plan: "pro", name: "Pro", percent: 20 }]);
    expect(discounted("gpt-4.1", "pro")).toEqual(["$1.60", "$6.40", "$0.40"]);
    expect(discounted("claude-sonnet-4-5", "pro")[0]).toBe("up to 200,000 $2.40 / above 200,000 $4.80");
  });

  it("say what the minimum of $5 buys", () => {
    expect([title(), purchase()]).toEqual(["What $5.00 buys", "Add funds: from $5.00."]);
    expect(buys("gpt-4.1")).toEqual([
      "2,500,000 input tokens",
      "625,000 output tokens",
      "10,000,000 cached input tokens",
    ]);
  });

  it("have a provider each", () => {
    const every = { search: "", in: null };
    expect(matching(list.prices, { ...every, by: "Anthropic" }).map(({ model }) => model)).toEqual([
      "claude-sonnet-4-5",
    ]);
    expect(matching(list.prices, { ...every, by: "OpenAI" })).toHaveLength(4);
    expect(matching(list.prices, { ...every, by: null, search: "openai 4.1" })).toHaveLength(1);
    expect(matching(list.prices, { ...every, by: null, in: "image" })).toEqual([]);
  });
});

describe("the prices of pleyor", () => {
  const { sentence, buys, title, purchase } = pleyor;

  it("are credits for images, video, text and audio", () => {
    expect(sentence("pixel-1")).toBe(
      "512px 2 credits/image / 1024px 4 credits/image / 2048px 10 credits/image, +3 credits/image when the result is upscaled, up to 16 images/call",
    );
    expect(sentence("motion-1")).toBe(
      "720p 12 credits/second / 1080p 20 credits/second, +4 credits/second when sound is generated, up to 60 seconds/call",
    );
    expect(sentence("script-1")).toBe("0.3 credits/1K input tokens, 1.2 credits/1K output tokens");
    expect(sentence("voice-1")).toBe(
      "standard 10 credits/1K characters / studio 24 credits/1K characters, up to 1,000,000 characters/call",
    );
  });

  it("say what the smallest one-time top-up buys", () => {
    expect(title()).toBe("What 500 credits buy");
    expect(purchase()).toBe(
      "500 credits for $6.00. They buy about 120 Pixel 1 images or about 8 Motion 1 clips of five seconds.",
    );
    expect(buys("pixel-1")).toEqual(["250 images", "125 images", "50 images"]);
  });
});

describe("the prices of humalike", () => {
  const { sentence, buys, title, purchase, list } = humalike;

  it("are larger for larger inputs and longer outputs", () => {
    expect(sentence("generate")).toBe(
      "2 credits/persona, 0.5 credits/1K input tokens, 1.5 credits/1K output tokens, up to 1,000 personas/call",
    );
    expect(sentence("validate")).toBe("1 credit/request, +0.25 credits/persona, up to 1,000 personas/request");
    expect(sentence("foresee")).toBe("2 credits/request, +0.8 credits/1K input tokens, +2.4 credits/1K output tokens");
  });

  it("are none for plain writes and reads of your own data", () => {
    const free = list.prices.filter(({ billable }) => !billable);
    expect(free.map(({ label, lines }) => [label, lines.length])).toEqual([
      ["Social Memory ingest", 0],
      ["Read your own personas", 0],
      ["Read your own populations", 0],
    ]);
  });

  it("say what the initial allowance buys", () => {
    expect(title()).toBe("What 100 credits buy");
    expect(purchase()).toMatch(/^A new account gets 100 credits \(Initial allowance\)\. They buy about 500 Social/);
    expect(buys("foresee")).toEqual(["50 requests"]);
  });
});

describe("the prices of token-packs", () => {
  const { sentence, buys, title, purchase } = tokenPacks;

  it("are one token for each token, and the smallest pack is Starter, 1,000,000 for €5", () => {
    expect(sentence("standard")).toBe("1 token/input token, 1 token/output token");
    expect(title()).toBe("What 1,000,000 tokens buy");
    expect(purchase()).toBe("Starter: 1,000,000 tokens for €5.00.");
    expect(buys("standard")).toEqual(["1,000,000 input tokens", "1,000,000 output tokens"]);
  });
});

const CUSTOM = `
name: custom
unit: { code: USD, kind: currency, scale: 9, symbol: $, singular: dollar, plural: dollars }
payment: { currency: USD, symbol: $ }
operator: { name: Custom, support: help@custom.example }
meters: [{ name: request, label: requests, singular: request, maximum: 1 }, { name: image, label: images, singular: image }]
periods:
  timeZone: Asia/Shanghai
  list:
    - { name: peak, label: Peak hours, hours: [{ days: [mon, tue, wed, thu, fri], from: "08:30", to: "00:30" }, { days: [sun], from: "12:00", to: "24:00" }] }
    - { name: off_peak, label: Off-peak }
prices:
  - endpoint: image
    model: acme/draw
    aliases: [draw]
    options: { safe: { type: boolean, label: Safe mode } }
    components:
      - { meter: image, amount: "2", whenPeriod: peak }
      - { meter: image, amount: "1", whenPeriod: off_peak }
      - { meter: request, amount: "0.5", when: { safe: false } }
      - { meter: request, amount: "0.25", when: { safe: true } }
payg: { mode: always }
settlement: capped
levels: [{ name: normal, above: "1", advice: Continue }, { name: critical, advice: Stop }]
insufficient: { code: insufficient_credits, message: Insufficient }
`;

describe("the prices of any other catalogue", () => {
  const { sentence, list, title } = inWords(parseCatalogue(CUSTOM, "custom.yaml"));

  it("name their periods and switches by their labels", () => {
    expect(sentence("acme/draw")).toBe(
      "$0.50/request when “Safe mode” is off, $0.25/request when “Safe mode” is on, Peak hours +$2.00/image / Off-peak +$1.00/image",
    );
  });

  it("say when each period is", () => {
    expect(list.periods && periodWords(list.periods, t)).toEqual([
      "Peak hours: Mon–Fri 08:30–00:30 and Sun 12:00–24:00",
      "Off-peak: at all other times",
    ]);
  });

  it("take the provider from the model's name, and show no purchase where nothing is given or sold", () => {
    expect(list.prices[0]?.provider).toBe("acme");
    expect([list.purchase, list.prices[0]?.lines[0]?.buys, title()]).toEqual([null, undefined, null]);
  });
});
