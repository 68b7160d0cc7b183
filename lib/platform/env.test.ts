import { describe, expect, it } from "vitest";
import { schema } from "./env";

const key = { STRIPE_SECRET_KEY: "sk_test_123" };
const secret = "whsec_0123456789abcdef";

describe("the webhook's secret", () => {
  it.each([
    ["one", secret],
    ["two while it is rotated", `${secret},whsec_fedcba9876543210`],
    ["two with a space", `${secret}, whsec_fedcba9876543210`],
  ])("may be %s", (_, STRIPE_WEBHOOK_SECRET) => {
    expect(schema.safeParse({ ...key, STRIPE_WEBHOOK_SECRET }).success).toBe(true);
  });

  it.each([
    ["not set", undefined],
    ["empty", ""],
    ["short", "whsec_1"],
    ["of one and nothing", `${secret},`],
    ["of three", `${secret},${secret},${secret}`],
    ["spaces only", " ".repeat(20)],
  ])("may not be %s with a key", (_, STRIPE_WEBHOOK_SECRET) => {
    const result = schema.safeParse({ ...key, STRIPE_WEBHOOK_SECRET });
    expect(result.error?.issues).toMatchObject([{ path: ["STRIPE_WEBHOOK_SECRET"] }]);
  });

  it("is not required without a key", () => {
    expect(schema.safeParse({}).success).toBe(true);
  });
});
