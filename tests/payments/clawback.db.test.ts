/** The clawback of a payment's credit by refunds and disputes, in the ledger. */
import { describe, expect, it } from "vitest";
import { charge, hold, release, settle } from "@/lib/gate";
import { advance, grant } from "@/lib/ledger";
import { reconcileReversals } from "@/lib/payments";
import { many, outcomes, spend } from "../fixtures/call";
import { installation } from "../fixtures/catalogue";
import { brokenInvariants, ownerRows, stateOf, transactionsOf } from "../fixtures/ledger";
import { type Organization, organization } from "../fixtures/organization";
import { recordDispute, recordPlanMonth, recordRefund, recordTopUp, standingOf } from "../fixtures/recorded-payment";

const ctx = await installation();

const sound = async () => expect(await brokenInvariants(ctx)).toEqual([]);
const used = (who: Organization, credits: number) =>
  charge(ctx, { ...spend(who, credits), idempotencyKey: `use ${credits}` });

describe("a refund", () => {
  it("takes its share of what is left of a partly spent purchase", async () => {
    const who = await organization(ctx);
    const payment = await recordTopUp(who);
    await used(who, 40);
    await recordRefund(who, payment, 500n);
    expect(await stateOf(who)).toMatchObject({ remaining: 10, debt: 0 });
    expect(await standingOf(who, payment)).toMatchObject({ clawed: 50n, free: 10n, refunded: 500n });
    expect(await transactionsOf(who)).toEqual(["purchase 100", "deduction -40", "clawback -50"]);
    await sound();
  });

  it("makes debt of a spent purchase, which the next purchase pays", async () => {
    const who = await organization(ctx);
    const payment = await recordTopUp(who);
    await used(who, 100);
    await recordRefund(who, payment, 1_000n);
    expect(await stateOf(who)).toMatchObject({ remaining: 0, debt: 100 });
    await sound();
    await recordTopUp(who);
    expect(await stateOf(who)).toMatchObject({ remaining: 0, debt: 0 });
    await sound();
  });

  it("takes other free credit where its purchase is spent", async () => {
    const who = await organization(ctx);
    const payment = await recordTopUp(who);
    await used(who, 100);
    await grant(who.ctx, { amount: 30n, kind: "promotional", reason: "gift", idempotencyKey: "gift" });
    await recordRefund(who, payment, 1_000n);
    expect(await stateOf(who)).toMatchObject({ remaining: 0, debt: 70 });
    expect((await transactionsOf(who)).slice(-2)).toEqual(["clawback -100", "adjustment 0"]);
    await sound();
  });

  it("leaves the credit that open holds reserve, and takes it when they return it", async () => {
    const who = await organization(ctx);
    const payment = await recordTopUp(who);
    const { id } = await hold(ctx, { ...spend(who, 60), idempotencyKey: "h" });
    await recordRefund(who, payment, 1_000n);
    expect(await stateOf(who)).toMatchObject({ remaining: 60, held: 60, debt: 60 });
    await sound();
    await release(ctx, { id, idempotencyKey: "r" });
    expect(await stateOf(who)).toMatchObject({ remaining: 0, held: 0, debt: 0 });
    await sound();
  });

  it("lets an open hold be settled for what it reserved", async () => {
    const who = await organization(ctx);
    const payment = await recordTopUp(who);
    const { id } = await hold(ctx, { ...spend(who, 60), idempotencyKey: "h" });
    await recordRefund(who, payment, 1_000n);
    await settle(ctx, { id, quantities: { credit: 50n }, idempotencyKey: "s" });
    expect(await stateOf(who)).toMatchObject({ remaining: 0, held: 0, debt: 50 });
    await sound();
  });

  it("is refused when it may take only free credit and there is less, and nothing moves", async () => {
    const who = await organization(ctx);
    const payment = await recordTopUp(who);
    await used(who, 60);
    const refund = recordRefund(who, payment, 500n, { onlyFree: true, state: "pending" });
    await expect(refund).rejects.toMatchObject({ code: "conflict" });
    expect(await standingOf(who, payment)).toMatchObject({ clawed: 0n, refunded: 0n, free: 40n });
    await recordRefund(who, payment, 400n, { onlyFree: true, state: "pending" });
    expect(await standingOf(who, payment)).toMatchObject({ clawed: 40n, free: 0n });
    await sound();
  });

  it("takes exactly the whole when it comes in many parts", async () => {
    const who = await organization(ctx);
    const payment = await recordTopUp(who, { amount: 997n, credit: 1_000_003n });
    for (const part of many(20, (n) => BigInt(n + 1))) await recordRefund(who, payment, part);
    expect((await standingOf(who, payment)).clawed).toBe(210_633n); // 1,000,003 × 210 ÷ 997, half up
    await recordRefund(who, payment, 787n);
    expect(await standingOf(who, payment)).toMatchObject({ clawed: 1_000_003n, free: 0n });
    expect(await stateOf(who)).toMatchObject({ remaining: 0, debt: 0 });
    await sound();
  });

  it("restores its credit as a new purchased grant when it fails", async () => {
    const who = await organization(ctx);
    const payment = await recordTopUp(who);
    const id = await recordRefund(who, payment, 400n, { state: "pending" });
    await ownerRows("UPDATE payment_refund SET state = 'failed' WHERE id = $1", [id]);
    await recordRefund(who, payment, 100n);
    expect(await standingOf(who, payment)).toMatchObject({ clawed: 10n, free: 90n });
    const grants = await ownerRows(
      'SELECT kind, source, amount::int FROM "grant" WHERE organization_id = $1 ORDER BY source',
      [who.organizationId],
    );
    expect(grants[1]).toEqual({ kind: "purchased", source: "reinstated", amount: 30 });
    // What was reinstated is the payment's own credit again.
    await recordRefund(who, payment, 900n, { onlyFree: true });
    expect(await standingOf(who, payment)).toMatchObject({ clawed: 100n, free: 0n });
    await sound();
  });

  it("moves nothing when it is reported twice", async () => {
    const who = await organization(ctx);
    const payment = await recordTopUp(who);
    await recordDispute(who, payment, "open", 300n);
    const before = await transactionsOf(who);
    for (let n = 0; n < 3; n += 1) await recordDispute(who, payment, "open", 300n);
    expect(await transactionsOf(who)).toEqual(before);
  });

  it("never counts on the credit that another refund takes at the same moment", async () => {
    const who = await organization(ctx);
    const payment = await recordTopUp(who);
    await used(who, 50);
    const { answers, refused } = await outcomes(
      many(8, () => recordRefund(who, payment, 200n, { onlyFree: true, state: "pending" })),
    );
    expect(answers).toHaveLength(2);
    expect(refused).toEqual(many(6, () => "conflict"));
    expect(await standingOf(who, payment)).toMatchObject({ clawed: 40n, free: 10n });
    await sound();
  });

  it("changes nothing for a payment that brought no credit", async () => {
    const who = await organization(ctx);
    const payment = await recordTopUp(who);
    await ownerRows("UPDATE payment SET state = 'failed' WHERE id = $1", [payment]);
    await recordRefund(who, payment, 500n);
    expect(await transactionsOf(who)).toEqual(["purchase 100"]);
    await ownerRows("DELETE FROM payment_refund WHERE payment_id = $1", [payment]);
    await ownerRows("UPDATE payment SET state = 'succeeded' WHERE id = $1", [payment]);
  });

  it("never makes auto top-up due, however little it leaves", async () => {
    const who = await organization(ctx);
    const payment = await recordTopUp(who);
    await ownerRows("SELECT ledger.set_auto_top_up($1, NULL, true, 20, 1000, NULL, NULL, NULL, NULL)", [
      who.organizationId,
    ]);
    const rule = () =>
      ownerRows("SELECT due_at AS due, blocked FROM auto_top_up WHERE organization_id = $1", [who.organizationId]);
    await recordRefund(who, payment, 800n);
    expect(await rule()).toEqual([{ due: null, blocked: null }]);
    await recordRefund(who, payment, 100n);
    expect(await rule()).toEqual([{ due: null, blocked: "returned" }]);
  });
});

describe("a refund of a plan's payment", () => {
  it("takes its share of the cycle that the payment paid for, plan credit first", async () => {
    const who = await organization(ctx);
    const payment = await recordPlanMonth(who, "discounted", 100n);
    await used(who, 30);
    expect(await standingOf(who, payment)).toMatchObject({ credit: 100n, free: 70n });
    await recordRefund(who, payment, 1_000n);
    expect(await standingOf(who, payment)).toMatchObject({ clawed: 50n, free: 20n });
    expect((await transactionsOf(who)).at(-1)).toBe("clawback -50");
    await sound();
  });

  it("counts only the cycles of a year that have begun", async () => {
    const who = await organization(ctx);
    const payment = await recordPlanMonth(who, "discounted", 100n);
    await ownerRows("UPDATE payment SET cycles = 12, credit = 1200 WHERE id = $1", [payment]);
    await ownerRows("UPDATE subscription SET paid_cycles = 12 WHERE organization_id = $1", [who.organizationId]);
    await recordDispute(who, payment, "open", 2_000n);
    expect(await standingOf(who, payment)).toMatchObject({ credit: 100n, clawed: 100n });
    expect(await stateOf(who)).toMatchObject({ remaining: 0, debt: 0 });
    await sound();
    // The next cycle begins; the job takes that one's credit back, too.
    const inMonth = new Date(ctx.now.getTime() + 32 * 86_400_000);
    await advance(ctx, who.organizationId, inMonth);
    expect(await stateOf(who)).toMatchObject({ remaining: 100 });
    await reconcileReversals({ ...ctx, now: inMonth });
    expect(await standingOf(who, payment)).toMatchObject({ credit: 200n, clawed: 200n });
    expect(await stateOf(who)).toMatchObject({ remaining: 0, debt: 0 });
  });
});

describe("a dispute", () => {
  it("takes the whole credit when it opens, and restores it when it is won", async () => {
    const who = await organization(ctx);
    const payment = await recordTopUp(who);
    await recordDispute(who, payment, "inquiry");
    expect(await standingOf(who, payment)).toMatchObject({ clawed: 0n });
    await recordDispute(who, payment, "open");
    expect(await standingOf(who, payment)).toMatchObject({ clawed: 100n, free: 0n, disputed: 1_000n });
    await recordDispute(who, payment, "won");
    expect(await standingOf(who, payment)).toMatchObject({ clawed: 0n, free: 100n, disputed: 0n });
    expect(await transactionsOf(who)).toEqual(["purchase 100", "clawback -100", "adjustment 100"]);
    await sound();
  });

  it("pays the debt that it made first when it is won", async () => {
    const who = await organization(ctx);
    const payment = await recordTopUp(who);
    await used(who, 70);
    await recordDispute(who, payment, "open");
    expect(await stateOf(who)).toMatchObject({ remaining: 0, debt: 70 });
    await recordDispute(who, payment, "won");
    expect(await stateOf(who)).toMatchObject({ remaining: 30, debt: 0 });
    await sound();
  });

  it("keeps what it took when it is lost", async () => {
    const who = await organization(ctx);
    const payment = await recordTopUp(who);
    await recordDispute(who, payment, "open");
    await recordDispute(who, payment, "lost");
    expect(await transactionsOf(who)).toEqual(["purchase 100", "clawback -100"]);
  });

  it("takes no more than the rest after a refund, and the refund's part stays removed when it is won", async () => {
    const who = await organization(ctx);
    const payment = await recordTopUp(who);
    await recordRefund(who, payment, 300n);
    await recordDispute(who, payment, "open", 1_000n);
    expect(await standingOf(who, payment)).toMatchObject({ clawed: 100n, refunded: 300n, disputed: 1_000n });
    await recordDispute(who, payment, "won", 1_000n);
    expect(await standingOf(who, payment)).toMatchObject({ clawed: 30n, free: 70n });
    await sound();
  });

  it("changes nothing when it is read earlier and reported later", async () => {
    const who = await organization(ctx);
    const payment = await recordTopUp(who);
    await recordDispute(who, payment, "won");
    const past = { ...who, ctx: { ...who.ctx, now: new Date(who.ctx.now.getTime() - 60_000) } };
    await recordDispute(past, payment, "open");
    expect(await standingOf(who, payment)).toMatchObject({ clawed: 0n, disputed: 0n });
  });
});
