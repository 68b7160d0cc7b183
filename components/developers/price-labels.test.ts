import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import type { UnitFacts } from "@/components/format/print-amount";
import { english } from "@/messages/english";
import { callOf, callParsers, chosenPrice, type ListedPrice } from "./call-state";
import { conditionLabel, type DeveloperTranslator, matching, maximaLabels, unitPrice } from "./price-labels";

const t = createTranslator({ locale: "en", messages: english, namespace: "developers" }) as DeveloperTranslator;
const usd: UnitFacts = { code: "USD", kind: "currency", scale: 9, symbol: "$", singular: "dollar", plural: "dollars" };
const credits: UnitFacts = {
  ...usd,
  code: "credits",
  kind: "credits",
  symbol: "",
  singular: "credit",
  plural: "credits",
};
const meters = {
  input_token: { label: "input tokens", singular: "input token" },
  image: { label: "images", singular: "image" },
  page: { label: "pages", singular: "page" },
  byte: { label: "bytes", singular: "byte" },
};
const followUp = {
  name: "followUp",
  label: "Follow-up generation",
  type: "boolean",
  values: null,
  default: false,
} as const;
const size = { name: "size", label: "Size", type: "choice", values: ["s", "l"], default: "l" } as {
  name: string;
  label: string;
  type: "choice";
  values: string[];
  default: string;
};
const chat: ListedPrice = {
  endpoint: "chat",
  model: "chat-v1",
  aliases: [],
  label: "Chat",
  billable: true,
  lines: [{ meter: "input_token", unitAmount: "2.5", per: 1_000_000 }],
  options: [followUp, size],
  maxima: { request: 1, page: 30, byte: 40_000_000, input_token: Number.MAX_SAFE_INTEGER },
};
const image: ListedPrice = {
  ...chat,
  endpoint: "image",
  model: "pixel-1",
  label: "Pixel",
  options: [],
  maxima: { image: 16 },
};

const words = (unitAmount: string, per: number, meter: string, unit = usd) =>
  unitPrice({ unitAmount, per, meter }, t, unit, meters);

describe("a unit price in words", () => {
  it("is exact and says per how many", () => {
    expect(words("2.5", 1_000_000, "input_token")).toBe("$2.50 per 1M input tokens");
    expect(words("0.0375", 1_000_000, "input_token")).toBe("$0.0375 per 1M input tokens");
    expect(words("0.003", 1, "page")).toBe("$0.003 per page");
    expect(words("15", 1_000, "image")).toBe("$15.00 per 1K images");
  });

  it("names the unit when it is no currency", () => {
    expect(words("4", 1, "image", credits)).toBe("4 credits per image");
    expect(words("1", 1, "image", credits)).toBe("1 credit per image");
    expect(words("0.3", 1_000, "input_token", credits)).toBe("0.3 credits per 1K input tokens");
  });

  it("says when a line applies, once", () => {
    const line = { meter: "image", unitAmount: "1", per: 1 };
    expect(conditionLabel(line, chat, t, meters)).toBeNull();
    const whenTotal = { meters: ["input_token", "page"], above: 128000, upTo: 200000 };
    expect(conditionLabel({ ...line, whenTotal }, chat, t, meters)).toBe(
      "above 128,000 and up to 200,000 input tokens and pages",
    );
    expect(conditionLabel({ ...line, when: "size=l" }, chat, t, meters)).toBe("Size l");
    expect(conditionLabel({ ...line, when: "followUp=true", label: "Follow-up generation" }, chat, t, meters)).toBe(
      "Follow-up generation",
    );
    expect(conditionLabel({ ...line, when: "followUp=false,size=s" }, chat, t, meters)).toBe(
      "Without Follow-up generation, Size s",
    );
  });

  it("says the maxima that limit a call", () => {
    expect(maximaLabels(chat, t, meters)).toBe("At most 30 pages and 40,000,000 bytes");
    expect(maximaLabels({ ...chat, maxima: { request: 1 } }, t, meters)).toBeNull();
  });
});

describe("the list of prices", () => {
  it("is searched by every word, in name, model and endpoint", () => {
    expect(matching([chat, image], "", null)).toHaveLength(2);
    expect(matching([chat, image], "PIXEL image", null)).toEqual([image]);
    expect(matching([chat, image], "pixel chat", null)).toEqual([]);
    expect(matching([chat, image], "", "chat")).toEqual([chat]);
  });
});

describe("the call in the address", () => {
  const nothing = { endpoint: null, model: null, q: null, o: null };

  it("is a usual one where the address says nothing", () => {
    expect(chosenPrice([chat, image], nothing)).toBe(chat);
    expect(callOf(chat, nothing)).toEqual({
      endpoint: "chat",
      model: "chat-v1",
      quantities: { input_token: 1_200 },
      options: { followUp: false, size: "l" },
    });
  });

  it("keeps what fits and leaves out what the API would refuse", () => {
    const q = callParsers.q.parse("input_token:9007199254740993,page:4,weather:3,byte:-1");
    const o = callParsers.o.parse("followUp:true,size:xl");
    expect(callOf(chat, { ...nothing, q, o })).toMatchObject({
      quantities: { page: 4 },
      options: { followUp: true, size: "l" },
    });
    expect(chosenPrice([chat, image], { ...nothing, endpoint: "image", model: "gone" })).toBe(image);
  });

  it("reads what it writes, and survives what it did not write", () => {
    const pairs = { resolution: "1080p: wide, tall", empty: "" };
    expect(callParsers.o.parse(callParsers.o.serialize(pairs))).toEqual(pairs);
    expect(callParsers.o.parse("%E0%A4%A:1,a:b")).toEqual({ a: "b" });
  });
});
