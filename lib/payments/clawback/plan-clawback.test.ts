import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clawbackTarget, refundableAmount } from "./plan-clawback";

const NANO = 1_000_000_000n;

describe("the clawback for refunded money", () => {
  it.each([
    ["nothing", 0n, 0n],
    ["a half", 1_000n, 10n * NANO],
    ["a cent of twenty dollars", 1n, 10_000_000n],
    ["everything", 2_000n, 20n * NANO],
    ["more than was paid", 3_000n, 20n * NANO],
  ])("is right for $20.00: %s", (_, reversed, target) => {
    expect(clawbackTarget({ amount: 2_000n, credit: 20n * NANO, reversed })).toBe(target);
  });

  it("rounds half up where the credit does not divide", () => {
    const pack = { amount: 500n, credit: 1_000_001n };
    expect(clawbackTarget({ ...pack, reversed: 250n })).toBe(500_001n);
    expect(clawbackTarget({ amount: 3n, credit: 10n, reversed: 1n })).toBe(3n);
    expect(clawbackTarget({ amount: 3n, credit: 10n, reversed: 2n })).toBe(7n);
  });

  it("takes nothing for a payment of nothing", () => {
    expect(clawbackTarget({ amount: 0n, credit: 10n, reversed: 5n })).toBe(0n);
  });
});

const paid = fc.bigInt({ min: 1n, max: 10n ** 12n });
const bought = fc.bigInt({ min: 0n, max: 10n ** 18n });

describe("a payment", () => {
  it("loses exactly the whole by many partial refunds, and no step of them restores credit", () => {
    fc.assert(
      fc.property(
        paid,
        bought,
        fc.array(fc.bigInt({ min: 1n, max: 10n ** 10n }), { maxLength: 20 }),
        (amount, credit, parts) => {
          let reversed = 0n;
          let clawed = 0n;
          for (const part of [...parts, amount]) {
            reversed += part;
            const target = clawbackTarget({ amount, credit, reversed });
            expect(target).toBeGreaterThanOrEqual(clawed);
            expect(target).toBeLessThanOrEqual(credit);
            clawed = target;
          }
          expect(clawed).toBe(credit);
        },
      ),
    );
  });

  it("has a refundable part that never takes more than is free, and one minor unit more would", () => {
    const share = fc.integer({ min: 0, max: 1_000 });
    fc.assert(
      fc.property(paid, bought, share, share, (amount, credit, ofAmount, ofFree) => {
        const reversed = (amount * BigInt(ofAmount)) / 1_000n;
        const clawed = clawbackTarget({ amount, credit, reversed });
        const free = ((credit - clawed) * BigInt(ofFree)) / 1_000n;
        const most = refundableAmount({ amount, credit, reversed, clawed, free });
        expect(most).toBeGreaterThanOrEqual(0n);
        expect(reversed + most).toBeLessThanOrEqual(amount);
        if (most > 0n)
          expect(clawbackTarget({ amount, credit, reversed: reversed + most }) - clawed).toBeLessThanOrEqual(free);
        // Of an exact share, one unit more is worth more than is left; the rounding is never off by a whole unit.
        if (credit > 0n && reversed + most < amount) {
          expect((reversed + most + 1n) * credit).toBeGreaterThan((clawed + free) * amount);
        }
      }),
    );
  });

  it("is refundable whole while its credit is untouched", () => {
    fc.assert(
      fc.property(
        paid,
        bought.filter((credit) => credit > 0n),
        (amount, credit) => {
          expect(refundableAmount({ amount, credit, reversed: 0n, clawed: 0n, free: credit })).toBe(amount);
        },
      ),
    );
  });

  it("keeps spent credit out of what is refundable", () => {
    expect(refundableAmount({ amount: 2_000n, credit: 20n * NANO, reversed: 0n, clawed: 0n, free: 0n })).toBe(0n);
    expect(refundableAmount({ amount: 2_000n, credit: 20n * NANO, reversed: 0n, clawed: 0n, free: 9_999_999n })).toBe(
      0n,
    );
    expect(refundableAmount({ amount: 2_000n, credit: 0n, reversed: 0n, clawed: 0n, free: 0n })).toBe(0n);
  });
});
