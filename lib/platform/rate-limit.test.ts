import { describe, expect, it } from "vitest";
import { RateLimit, rateFields } from "./rate-limit";

const policy = { name: "key", quota: 4, windowSeconds: 60 };
const START = 1_800_000_000_000;

describe("a rate limit", () => {
  it("lets the whole quota through at once, then one more whenever its part of the window has passed", () => {
    const limit = new RateLimit(policy);
    const taken = [1, 2, 3, 4].map(() => limit.take("a", START));
    expect(taken.map(({ remaining }) => remaining)).toEqual([3, 2, 1, 0]);
    expect(taken.map(({ retryAfter }) => retryAfter)).toEqual([0, 0, 0, 0]);
    expect(limit.take("a", START)).toMatchObject({ remaining: 0, retryAfter: 15, resetSeconds: 60 });
    expect(limit.take("a", START + 14_999).retryAfter).toBe(1);
    expect(limit.take("a", START + 15_000)).toMatchObject({ remaining: 0, retryAfter: 0 });
    expect(limit.take("a", START + 15_000).retryAfter).toBe(15);
  });

  it("counts no refused request, so that repeated requests do not lock out for longer", () => {
    const limit = new RateLimit(policy);
    for (let count = 0; count < 100; count++) limit.take("a", START);
    expect(limit.take("a", START + 60_000).remaining).toBe(3);
  });

  it("keeps callers apart, and a look costs nothing", () => {
    const limit = new RateLimit(policy);
    for (let count = 0; count < 4; count++) limit.take("a", START);
    expect(limit.peek("a", START)).toMatchObject({ remaining: 0, retryAfter: 15 });
    for (let count = 0; count < 9; count++) expect(limit.peek("b", START).remaining).toBe(4);
  });

  it("is full again after a window, and a clock that is set back does not lock it permanently", () => {
    const limit = new RateLimit(policy);
    for (let count = 0; count < 4; count++) limit.take("a", START);
    expect(limit.peek("a", START + 60_000)).toMatchObject({ remaining: 4, resetSeconds: 0 });
    const yesterday = START - 86_400_000;
    expect(limit.peek("a", yesterday).resetSeconds).toBe(60);
    expect(limit.take("a", yesterday).retryAfter).toBe(15);
  });

  it("never gives more than the quota and what flowed in, at any pace", () => {
    for (const quota of [1, 7, 600, 999]) {
      const limit = new RateLimit({ ...policy, quota });
      let passed = 0;
      for (let at = 0; at <= 120_000; at += 37) {
        for (let once = 0; once < 3; once++) if (limit.take("a", START + at).retryAfter === 0) passed++;
      }
      expect(passed).toBeLessThanOrEqual(quota * 3);
      expect(passed).toBeGreaterThanOrEqual(Math.min(quota * 3 - 1, 9_729));
    }
  });

  it("is written as structured fields", () => {
    const limit = new RateLimit(policy);
    expect(rateFields(limit.take("a", START))).toEqual({
      "ratelimit-policy": '"key";q=4;w=60',
      ratelimit: '"key";r=3;t=15',
    });
  });
});
