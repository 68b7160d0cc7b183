import { describe, expect, it } from "vitest";
import type { ListedPrice } from "@/lib/catalogue/schema";
import { callOf, callParsers, chosenPrice } from "./call-state";

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
  provider: null,
  label: "Chat",
  billable: true,
  lines: [{ meter: "input_token", unitAmount: "2.5", per: 1_000_000, extra: false }],
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
