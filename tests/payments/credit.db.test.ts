/** A payment's row and the credit that it brings, by the ledger's functions alone. */
import { describe, expect, it } from "vitest";
import { newId, publicId } from "@/lib/kernel/ids";
import { verifyLedger } from "@/lib/ledger";
import {
  askPayment,
  claimPayments,
  creditPayment,
  endPayment,
  linkPayment,
  type NewPayment,
  openPayment,
  readPayment,
} from "@/lib/payments/payment/payment-store";
import { changeOrganization } from "@/lib/platform/db";
import { many } from "../fixtures/call";
import { installation } from "../fixtures/catalogue";
import { ownerRows, stateOf } from "../fixtures/ledger";
import { type Organization, organization } from "../fixtures/organization";

const ctx = await installation();

const draft = (own: Partial<NewPayment> = {}): NewPayment => {
  const id = own.id ?? newId();
  return {
    id,
    purpose: "top_up",
    amount: 5_000n,
    currency: "EUR",
    credit: 50n,
    description: "50 credits",
    catalogueVersion: 1,
    idempotencyKey: id,
    requestHash: newId(),
    ...own,
  };
};
const opened = async ({ ctx }: Organization, own: Partial<NewPayment> = {}) =>
  (await changeOrganization(ctx.db, ctx.organizationId, (client) => openPayment(client, ctx, draft(own)))).id;
const paid = ({ ctx }: Organization, id: string, own: { intent?: string; amount?: bigint; currency?: string } = {}) =>
  changeOrganization(ctx.db, ctx.organizationId, (client) =>
    creditPayment(client, ctx, {
      id,
      intent: own.intent ?? `pi_${id}`,
      paid: { amount: own.amount ?? 5_000n, currency: own.currency ?? "EUR" },
      card: "Visa ···· 4242",
    }),
  );
const ended = ({ ctx }: Organization, id: string) =>
  changeOrganization(ctx.db, ctx.organizationId, (client) =>
    endPayment(client, ctx, id, { state: "failed", code: "card_declined", message: "Your card was declined." }),
  );

describe("a payment", () => {
  it("brings its credit once, however often it is reported at once", async () => {
    const own = await organization(ctx);
    const id = await opened(own);
    const all = await Promise.all(many(20, () => paid(own, id)));
    expect(all.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(all.map(({ grantId }) => grantId)).size).toBe(1);
    expect(new Set(all.map(({ seq }) => seq)).size).toBe(1);
    expect(await stateOf(own)).toMatchObject({ remaining: 50, debt: 0 });
    const [grant] = await ownerRows('SELECT kind, source, reference FROM "grant" WHERE organization_id = $1', [
      own.organizationId,
    ]);
    expect(grant).toEqual({
      kind: "purchased",
      source: "payment",
      reference: publicId("pay", own.organizationId, id),
    });
    expect(await readPayment(own.ctx, id)).toMatchObject({ state: "succeeded", intent: `pi_${id}`, checkAt: null });
  });

  it.each([
    ["another amount", { amount: 4_999n }],
    ["another currency", { currency: "USD" }],
  ])("is not credited when %s was paid", async (_, other) => {
    const own = await organization(ctx);
    const id = await opened(own);
    await expect(paid(own, id, other)).rejects.toMatchObject({ code: "conflict" });
    expect(await stateOf(own)).toMatchObject({ remaining: 0 });
    expect(await readPayment(own.ctx, id)).toMatchObject({ state: "open" });
  });

  it("is credited when it had ended here and was charged there, and a late failure changes nothing", async () => {
    const own = await organization(ctx);
    const id = await opened(own);
    expect(await ended(own, id)).toBe(true);
    expect((await paid(own, id)).replayed).toBe(false);
    expect(await ended(own, id)).toBe(false);
    expect(await readPayment(own.ctx, id)).toMatchObject({ state: "succeeded", failureCode: null });
    expect(await stateOf(own)).toMatchObject({ remaining: 50 });
  });

  it("is not found for another organization", async () => {
    const [own, other] = [await organization(ctx), await organization(ctx)];
    const id = await opened(own);
    await expect(paid(other, id)).rejects.toMatchObject({ code: "not_found" });
    expect(await ended(other, id)).toBe(false);
    expect(await readPayment(other.ctx, id)).toBeUndefined();
  });

  it("opens once for an idempotency key, and refuses another request with the same key", async () => {
    const own = await organization(ctx);
    const same = draft({ idempotencyKey: "k", requestHash: newId() });
    const first = await opened(own, same);
    expect(await opened(own, { ...same, id: newId() })).toBe(first);
    await expect(opened(own, { idempotencyKey: "k" })).rejects.toMatchObject({ code: "validation_failed" });
  });

  it("is credited whole above $10,000 and above 32 bits", async () => {
    const own = await organization(ctx);
    const id = await opened(own, { amount: 1_000_000n, credit: 10_000_000_000_000n });
    await paid(own, id, { amount: 1_000_000n });
    expect(await stateOf(own)).toMatchObject({ remaining: 10_000_000_000_000 });
  });

  it("counts as no purchase when it pays for a plan", async () => {
    const own = await organization(ctx);
    const id = await opened(own, { purpose: "plan", plan: "discounted", interval: "month" });
    await expect(paid(own, id)).rejects.toMatchObject({ code: "conflict" });
  });

  it("is the only auto top-up in flight, and resets the count of declines when it succeeds", async () => {
    const own = await organization(ctx);
    const id = await opened(own, { purpose: "auto_top_up" });
    await expect(opened(own, { purpose: "auto_top_up" })).rejects.toMatchObject({ code: "23P01" });
    await ownerRows(
      "INSERT INTO auto_top_up (organization_id, enabled, threshold, amount, failures, blocked) VALUES ($1, true, 1, 5000, 2, 'declined')",
      [own.organizationId],
    );
    await paid(own, id);
    expect(
      await ownerRows("SELECT failures, blocked FROM auto_top_up WHERE organization_id = $1", [own.organizationId]),
    ).toEqual([{ failures: 0, blocked: null }]);
    expect(await ended(own, await opened(own, { purpose: "auto_top_up" }))).toBe(true);
  });

  it("keeps the provider's ids", async () => {
    const own = await organization(ctx);
    const id = await opened(own);
    await linkPayment(own.ctx, id, { session: `cs_${id}` });
    await linkPayment(own.ctx, id, { intent: `pi_${id}` });
    expect(await readPayment(own.ctx, id)).toMatchObject({ session: `cs_${id}`, intent: `pi_${id}` });
  });

  it("keeps its key for the provider for twenty minutes, and gets a new one ten minutes after the last request", async () => {
    const own = await organization(ctx);
    const id = await opened(own);
    const ask = (minutes: number) => askPayment(own.ctx, id, new Date(own.ctx.now.getTime() + minutes * 60_000));
    const keys: (number | null)[] = [];
    for (const minutes of [0, 0.5, 1, 3, 15, 21, 24, 26, 38, 41, 49]) keys.push(await ask(minutes));
    expect(keys).toEqual([0, null, 0, 0, 0, null, null, 1, 1, null, 2]);
    expect(await readPayment(own.ctx, id)).toMatchObject({ tries: 7 });
    await ended(own, id);
    expect(await ask(120)).toBeNull();
  });

  it("is not sent to the provider by two requests at once", async () => {
    const own = await organization(ctx);
    const id = await opened(own);
    const keys = await Promise.all(many(10, () => askPayment(own.ctx, id, null)));
    expect(keys.filter((key) => key !== null)).toEqual([0]);
  });

  it("goes to one worker at a time when it is due", async () => {
    const own = await organization(ctx);
    const due = new Date("2020-01-01T00:00:00Z");
    const ids = await Promise.all(many(6, () => opened(own, { checkAt: due })));
    const claim = () => claimPayments(ctx, { now: due, leaseSeconds: 60, most: 4 });
    const all = (await Promise.all([claim(), claim(), claim()])).flat().map(({ id }) => id);
    const rest = (await claim()).map(({ id }) => id);
    expect([...all, ...rest].sort()).toEqual([...ids].sort());
    expect(await claim()).toEqual([]);
  });

  it("leaves a ledger in which every invariant holds", async () => {
    const checks = await verifyLedger(ctx);
    expect(checks.filter(({ rows }) => rows.length > 0)).toEqual([]);
  });
});
