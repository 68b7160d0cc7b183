/** Items of one organization are executed in the order of the batch, whatever each has to look up first. */
import { describe, expect, it } from "vitest";
import { batch, charge, hold } from "@/lib/gate";
import type { BatchItem, BatchOutcome } from "@/lib/gate/schema";
import { newId } from "@/lib/kernel/ids";
import { many, spend } from "../fixtures/call";
import { installation } from "../fixtures/catalogue";
import { keyOf, type Organization, organization } from "../fixtures/organization";

const ctx = await installation();

type Pair = { items: [BatchItem, BatchItem]; right: (string | number)[] };

const key = () => ({ idempotencyKey: newId() });
const call = (operation: "hold" | "charge", who: { id: string; key?: string }): BatchItem =>
  ({ operation, ...spend(who, 1), ...key() }) as BatchItem;
const opened = async (who: Organization, credits = 1) => (await hold(ctx, { ...spend(who, credits), ...key() })).id;

/** Each customer has credit for one call; in the wrong order the outcomes are others. */
const PAIRS: Record<string, () => Promise<Pair>> = {
  async "[hold, settle]"() {
    const who = await organization(ctx, { credit: 1n });
    const settled: BatchItem = { operation: "settle", id: await opened(who), quantities: { credit: 0n } };
    return { items: [call("hold", await keyOf(who)), settled], right: ["insufficient_credits", 200] };
  },
  async "[hold, refund]"() {
    const who = await organization(ctx, { credit: 1n });
    const { id } = await charge(ctx, { ...spend(who, 1), ...key() });
    const refunded: BatchItem = { operation: "refund", id, reason: "r", ...key() };
    return { items: [call("hold", await keyOf(who)), refunded], right: ["insufficient_credits", 200] };
  },
  async "[refund, hold]"() {
    const who = await organization(ctx, { credit: 1n });
    const { id } = await charge(ctx, { ...spend(who, 1), ...key() });
    return { items: [{ operation: "refund", id, reason: "r", ...key() }, call("hold", who)], right: [200, 201] };
  },
  async "[charge, release]"() {
    const who = await organization(ctx, { plan: "monthly" });
    const released: BatchItem = { operation: "release", id: await opened(who, 100) };
    return { items: [call("charge", await keyOf(who)), released], right: ["insufficient_credits", 200] };
  },
  async "[hold by organization, hold by key]"() {
    const who = await organization(ctx, { credit: 1n });
    return { items: [call("hold", who), call("hold", await keyOf(who))], right: [201, "insufficient_credits"] };
  },
  async "[hold by key, hold by organization]"() {
    const who = await organization(ctx, { credit: 1n });
    await opened(who, 0); // The organization is known to this process, the key is not.
    return { items: [call("hold", await keyOf(who)), call("hold", who)], right: [201, "insufficient_credits"] };
  },
  async "[a settle that is refused, a release of the same hold, a charge]"() {
    const who = await organization(ctx, { credit: 1n });
    const id = await opened(who);
    const wrong: BatchItem = { operation: "settle", id, quantities: { token: 1n, nothing: 1n } };
    return {
      items: [wrong, { operation: "release", id }, call("charge", who)] as unknown as Pair["items"],
      right: ["validation_failed", 200, 201],
    };
  },
  async "[charge, quote]"() {
    const who = await organization(ctx, { credit: 1n });
    const quoted: BatchItem = { operation: "quote", ...spend(who, 1) };
    return { items: [call("charge", who), quoted], right: [201, "unaffordable"] };
  },
};

function told(outcome: BatchOutcome): string | number {
  if ("error" in outcome) return (outcome.error as { code: string }).code;
  return "affordable" in outcome.body && !outcome.body.affordable ? "unaffordable" : outcome.status;
}

describe("a batch", () => {
  for (const [name, make] of Object.entries(PAIRS)) {
    it(`never reverses ${name}, in eight batches at once`, async () => {
      const pairs = await Promise.all(many(8, make));
      const answers = await Promise.all(pairs.map(({ items }) => batch(ctx, { items })));
      expect(answers.map((outcomes) => outcomes.map(told))).toEqual(pairs.map(({ right }) => right));
    });
  }

  it("keeps each organization's order among many items", async () => {
    const pairs = await Promise.all(Object.values(PAIRS).flatMap((make) => many(3, make)));
    // First all firsts, then all seconds: the items of one organization are far from each other.
    const rounds = [0, 1, 2].map((at) =>
      pairs.flatMap((pair, n) => (pair.items[at] ? [{ n, item: pair.items[at] }] : [])),
    );
    const placed = rounds.flat();
    const outcomes = await batch(ctx, { items: placed.map(({ item }) => item) });
    const found = pairs.map((_, n) =>
      placed.flatMap((one, at) => (one.n === n ? [told(outcomes[at] as BatchOutcome)] : [])),
    );
    expect(found).toEqual(pairs.map(({ right }) => right));
  });

  it("decides a thousand calls of one organization together, in their order", async () => {
    const who = await organization(ctx, { credit: 500n });
    const outcomes = await batch(ctx, { items: many(1_000, () => call("charge", who)) });
    expect(outcomes.map(told)).toEqual([...many(500, () => 201), ...many(500, () => "insufficient_credits")]);
  });
});
