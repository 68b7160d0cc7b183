/** Where a catalogue settles what was used, a call may cost more than there is: the rest is debt, and debt goes first. */
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createOrganization } from "@/lib/accounts";
import { charge, hold, release, settle } from "@/lib/gate";
import { balance, grant } from "@/lib/ledger";
import type { Context } from "@/lib/platform/context";
import { presetInstallation } from "../fixtures/catalogue";
import { brokenInvariants } from "../fixtures/ledger";
import { tokens } from "./scenario";

const CREDIT = 1_000_000n;

const ctx = await presetInstallation("pleyor");

async function customer(credits: bigint) {
  const { id, organizationId } = await createOrganization(ctx, { name: "Runner" });
  const own: Context = { ...ctx, organizationId };
  await grant(own, { amount: credits * CREDIT, kind: "purchased", reason: "top-up", idempotencyKey: "g" });
  const call = { organization: id, endpoint: "text", model: "script-1" };
  // The free plan's 100 credits are used up first.
  for (const image of [16n, 16n, 16n, 16n, 16n, 16n, 4n]) {
    const images = { endpoint: "image", model: "pixel-1-fast", quantities: { image } };
    await charge(ctx, { organization: id, ...images, idempotencyKey: randomUUID() });
  }
  return { own, call };
}
const broken = async () => await brokenInvariants(ctx);

describe("debt", () => {
  it("comes from an overrun beyond what is available, and the next grant pays it first", async () => {
    const { own, call } = await customer(5n);
    const { id } = await hold(ctx, { ...call, quantities: tokens(0, 1_000), idempotencyKey: "h" });
    const settled = await settle(ctx, { id, quantities: tokens(0, 10_000), idempotencyKey: "s" });
    expect(settled).toMatchObject({ cost: "12", waived: "0", available: "-7" });
    expect((await balance(own)).debt).toBe(7n * CREDIT);
    expect(await broken()).toEqual([]);
    await grant(own, { amount: 10n * CREDIT, kind: "purchased", reason: "top-up", idempotencyKey: "g2" });
    expect(await balance(own)).toMatchObject({ debt: 0n, available: 3n * CREDIT });
    expect(await broken()).toEqual([]);
  });

  it("is paid from what another hold returns", async () => {
    const { own, call } = await customer(5n);
    const one = await hold(ctx, { ...call, quantities: tokens(0, 1_000), idempotencyKey: "h1" });
    const two = await hold(ctx, { ...call, quantities: tokens(0, 2_000), idempotencyKey: "h2" });
    await settle(ctx, { id: one.id, quantities: tokens(0, 5_000), idempotencyKey: "s" });
    expect(await balance(own)).toMatchObject({ held: 2_400_000n, debt: 3_400_000n });
    expect(await broken()).toEqual([]);
    await release(ctx, { id: two.id, idempotencyKey: "r" });
    expect(await balance(own)).toMatchObject({ held: 0n, debt: 1_000_000n, available: -1_000_000n });
    expect(await broken()).toEqual([]);
  });
});
