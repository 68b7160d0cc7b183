import { describe, expect, it } from "vitest";
import { type Limit, limitShare } from "./limit-share";

const limit = (most: string | null, spent: string, held = "0"): Limit => ({
  window: "day",
  limit: most,
  spent,
  held,
  resetsAt: null,
});

describe("a key's limit", () => {
  it("counts what is reserved as spent", () => {
    expect(limitShare(limit("10", "2.5", "2.5"), 9)).toEqual({
      used: "5",
      share: 0.5,
      spentShare: 0.25,
      fullness: "open",
    });
  });

  it("is near from eighty percent on, and reached only when nothing is left", () => {
    expect(limitShare(limit("10", "7.999999999"), 9)?.fullness).toBe("open");
    expect(limitShare(limit("10", "8"), 9)?.fullness).toBe("near");
    expect(limitShare(limit("10", "9.999999999"), 9)?.fullness).toBe("near");
    expect(limitShare(limit("10", "10"), 9)).toMatchObject({ share: 1, fullness: "reached" });
    expect(limitShare(limit("10", "12"), 9)).toMatchObject({ share: 1, fullness: "reached" });
  });

  it("is reached at once at zero, while no limit has no share", () => {
    expect(limitShare(limit("0", "0"), 9)).toMatchObject({ used: "0", share: 1, fullness: "reached" });
    expect(limitShare(limit(null, "4"), 9)).toBeNull();
  });
});
