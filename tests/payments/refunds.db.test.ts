/** Refunds at the local Stripe, over the real SDK: asked for, made by the operator, and made in Stripe's dashboard. */
import { beforeEach, describe, expect, it } from "vitest";
import { charge } from "@/lib/gate";
import { parsePublicId, publicId } from "@/lib/kernel/ids";
import {
  declineRefund,
  listRefunds,
  paymentReversals,
  refundPayment,
  requestRefund,
  resolveRefunds,
  syncRefunds,
} from "@/lib/payments";
import { type Refund, refundsOf } from "@/lib/payments/refunds/refund-store";
import { settleRefund } from "@/lib/payments/refunds/send-refund";
import { database, queryOrganization } from "@/lib/platform/db";
import { waitingMails } from "@/lib/platform/mail";
import { spend } from "../fixtures/call";
import { creditCatalogue } from "../fixtures/catalogue";
import { brokenInvariants, ownerRows, stateOf, transactionsOf } from "../fixtures/ledger";
import { memberOf, type Organization, organization } from "../fixtures/organization";
import { deliverEvents, jobOf, payAtStripe, stripeShop } from "../fixtures/payment";
import { standingOf } from "../fixtures/recorded-payment";

const shop = await stripeShop(creditCatalogue());
const { ctx, stripe, test } = shop;
beforeEach(async () => {
  await test.noFaults();
  await test.webhooks("deliver");
});

const used = (who: Organization, credits: number) =>
  charge(ctx, { ...spend(who, credits), idempotencyKey: `use ${credits}` });
const sound = async () => expect(await brokenInvariants(ctx)).toEqual([]);
const atStripe = async (intent: string) =>
  (await stripe.refunds.list({ payment_intent: intent })).data.map(({ amount, status }) => `${amount} ${status}`);
/** Of other tests' disputes the support is told, too. */
const mailTo = async (address: string, subject: string) =>
  (await waitingMails(database())).find((mail) => mail.recipient === address && mail.subject === subject);
const later = (minutes: number) => jobOf(ctx, new Date(Date.now() + minutes * 60_000));

describe("a refund by the operator", () => {
  it("returns what is left of a partly spent purchase, and no more", async () => {
    const who = await organization(ctx);
    const { id, payment, intent } = await payAtStripe(shop, who);
    await used(who, 40);
    const over = refundPayment(who.ctx, { payment, amount: 601n, reason: "sorry" });
    await expect(over).rejects.toMatchObject({
      code: "conflict",
      message: "At most 6.00 EUR of this payment can be refunded.",
    });
    expect(await atStripe(intent)).toEqual([]);
    const made = await refundPayment(who.ctx, { payment, reason: "sorry" });
    expect(made).toMatchObject({ state: "succeeded", money: { amount: "600", currency: "EUR" }, reason: "sorry" });
    expect(await atStripe(intent)).toEqual(["600 succeeded"]);
    expect(await standingOf(who, id)).toMatchObject({ clawed: 60n, free: 0n });
    const again = refundPayment(who.ctx, { payment, reason: "again" });
    await expect(again).rejects.toMatchObject({ code: "conflict", message: /This payment has nothing left to refund/ });
    const audit = await ownerRows("SELECT action FROM audit_entry WHERE organization_id = $1", [who.organizationId]);
    expect(audit.filter(({ action }) => action === "refund.made")).toHaveLength(1);
    await deliverEvents(shop);
    expect(await transactionsOf(who)).toEqual(["purchase 100", "deduction -40", "clawback -60"]);
    await sound();
  });

  it("takes exactly the whole when it comes in parts", async () => {
    const who = await organization(ctx);
    const { id, payment, intent } = await payAtStripe(shop, who, { amount: 997, credit: 1_003n });
    for (const amount of [1n, 333n, 500n]) await refundPayment(who.ctx, { payment, amount, reason: "part" });
    await refundPayment(who.ctx, { payment, reason: "rest" });
    expect(await atStripe(intent)).toEqual(["163 succeeded", "500 succeeded", "333 succeeded", "1 succeeded"]);
    expect(await standingOf(who, id)).toMatchObject({ clawed: 1_003n, refunded: 997n });
    expect(await stateOf(who)).toMatchObject({ remaining: 0, debt: 0 });
    await sound();
  });

  it("restores the credit when Stripe refuses it", async () => {
    const who = await organization(ctx);
    const { id, payment, intent } = await payAtStripe(shop, who);
    await test.dispute(intent, { amount: 100 });
    const refused = refundPayment(who.ctx, { payment, amount: 500n, reason: "sorry" });
    await expect(refused).rejects.toMatchObject({ code: "conflict", message: /refused: .*charged back/ });
    expect(await standingOf(who, id)).toMatchObject({ clawed: 0n, free: 100n, refunded: 0n });
    expect((await paymentReversals(who.ctx, { id: payment })).refunds).toMatchObject([
      { state: "failed", note: expect.stringContaining("charged back") },
    ]);
    await deliverEvents(shop);
    expect(await standingOf(who, id)).toMatchObject({ clawed: 10n, disputed: 100n });
    await sound();
  });

  it.each(["after", "reset"] as const)("is made once when Stripe's response is lost (%s)", async (kind) => {
    const who = await organization(ctx);
    const { id, payment, intent } = await payAtStripe(shop, who);
    await test.fault("POST /v1/refunds", kind, 2);
    const made = await refundPayment(who.ctx, { payment, amount: 400n, reason: "sorry" });
    expect(made.state).toBe("pending");
    expect(await standingOf(who, id)).toMatchObject({ clawed: 40n, free: 60n });
    const impatient = refundPayment(who.ctx, { payment, amount: 400n, reason: "sorry" });
    await expect(impatient).rejects.toMatchObject({ code: "conflict", message: /in progress/ });
    await test.noFaults();
    await Promise.all([resolveRefunds(later(2)), resolveRefunds(later(2))]);
    expect(await atStripe(intent)).toEqual(["400 succeeded"]);
    expect(await listRefunds(ctx, { states: ["succeeded"], organizationId: who.organizationId })).toMatchObject([
      { id: made.id, state: "succeeded", organization: "Customer" },
    ]);
    await deliverEvents(shop);
    expect(await transactionsOf(who)).toEqual(["purchase 100", "clawback -40"]);
    await sound();
  });

  it("is requested again when it never reached Stripe, with a new key once the old one cannot be in flight", async () => {
    const who = await organization(ctx);
    const { payment, intent } = await payAtStripe(shop, who);
    await test.fault("POST /v1/refunds", "before", 2);
    expect((await refundPayment(who.ctx, { payment, reason: "sorry" })).state).toBe("pending");
    await test.noFaults();
    await resolveRefunds(later(55));
    expect(await atStripe(intent)).toEqual([]);
    await resolveRefunds(later(61));
    await resolveRefunds(later(62));
    expect(await atStripe(intent)).toEqual(["1000 succeeded"]);
    expect(await transactionsOf(who)).toEqual(["purchase 100", "clawback -100"]);
    await sound();
  });

  it("is refused for a payment of another organization, and to every actor but the operator", async () => {
    const [who, other] = [await organization(ctx), await organization(ctx)];
    const { payment } = await payAtStripe(shop, who);
    const stranger = refundPayment(other.ctx, { payment, reason: "mine" });
    await expect(stranger).rejects.toMatchObject({ code: "not_found" });
    const owner = await memberOf(who, "owner");
    await expect(refundPayment(owner, { payment, reason: "mine" })).rejects.toMatchObject({ code: "forbidden" });
    const unknown = { payment: publicId("pay", who.organizationId, who.organizationId), reason: "?" };
    await expect(refundPayment(who.ctx, unknown)).rejects.toMatchObject({ code: "not_found" });
    await expect(refundPayment(who.ctx, { payment, reason: " " })).rejects.toMatchObject({ code: "validation_failed" });
    const zero = refundPayment(who.ctx, { payment, amount: 0n, reason: "none" });
    await expect(zero).rejects.toMatchObject({ code: "validation_failed" });
    await expect(listRefunds(owner, { states: ["requested"] })).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("a customer's refund request", () => {
  it("reaches the operator's support by mail, is answered by the refund, and cannot be made twice", async () => {
    const who = await organization(ctx);
    const { payment } = await payAtStripe(shop, who);
    const owner = await memberOf(who, "owner", "olga@people.example");
    await expect(requestRefund(owner, { payment, reason: "" })).rejects.toMatchObject({ code: "validation_failed" });
    const asked = await requestRefund(owner, { payment, reason: "Bought by mistake" });
    expect(asked).toMatchObject({ state: "requested", money: null, reason: "Bought by mistake" });
    const mail = await mailTo("support@calls.example", "A customer requests a refund");
    expect(mail).toMatchObject({ recipient: "support@calls.example", subject: "A customer requests a refund" });
    for (const part of ["olga@people.example", "Bought by mistake", payment, asked.id, "10.00 EUR"])
      expect(mail?.text).toContain(part);
    expect(await transactionsOf(who)).toEqual(["purchase 100"]);
    await expect(requestRefund(owner, { payment, reason: "Again" })).rejects.toMatchObject({ code: "conflict" });
    const made = await refundPayment(who.ctx, { payment, reason: "As you wish" });
    expect(made).toMatchObject({ id: asked.id, state: "succeeded", reason: "Bought by mistake", note: "As you wish" });
    await expect(requestRefund(owner, { payment, reason: "Again" })).rejects.toMatchObject({
      message: "This payment has nothing left to refund.",
    });
  });

  it("is refunded once when it is old, even when the first request reaches Stripe late", async () => {
    const who = await organization(ctx);
    const { id, payment, intent } = await payAtStripe(shop, who);
    const owner = await memberOf(who, "owner");
    const asked = await requestRefund(owner, { payment, reason: "Bought by mistake" });
    await ownerRows("UPDATE payment_refund SET created_at = created_at - interval '3 days' WHERE payment_id = $1", [
      id,
    ]);
    await test.fault("POST /v1/refunds", "before", 2);
    expect((await refundPayment(who.ctx, { payment, amount: 400n, reason: "part" })).state).toBe("pending");
    await test.noFaults();
    await resolveRefunds(jobOf(ctx));
    expect(await atStripe(intent)).toEqual([]);
    await resolveRefunds(later(2));
    const refund = parsePublicId(asked.id, "rfd")?.id as string;
    const metadata = { organization: who.organizationId, payment: id, refund };
    const question = { payment_intent: intent, amount: 400, reason: "requested_by_customer", metadata } as const;
    await stripe.refunds.create(question, { idempotencyKey: refund });
    expect(await atStripe(intent)).toEqual(["400 succeeded"]);
    await deliverEvents(shop);
    expect(await transactionsOf(who)).toEqual(["purchase 100", "clawback -40"]);
    await sound();
  });

  it("can be declined with a note by mail, and can then be made again", async () => {
    const who = await organization(ctx);
    const { payment } = await payAtStripe(shop, who);
    const owner = await memberOf(who, "owner", "otto@people.example");
    const { id } = await requestRefund(owner, { payment, reason: "Too dear" });
    await expect(declineRefund(owner, { id, note: "no" })).rejects.toMatchObject({ code: "forbidden" });
    const other = await organization(ctx);
    await expect(declineRefund(other.ctx, { id, note: "no" })).rejects.toMatchObject({ code: "not_found" });
    expect(await declineRefund(who.ctx, { id, note: "It was used" })).toMatchObject({
      state: "declined",
      note: "It was used",
    });
    const mail = await mailTo("otto@people.example", "Your refund was declined");
    expect(mail).toMatchObject({ recipient: "otto@people.example", subject: "Your refund was declined" });
    expect(mail?.text).toContain("It was used");
    await expect(declineRefund(who.ctx, { id, note: "no" })).rejects.toMatchObject({ code: "conflict" });
    expect((await requestRefund(owner, { payment, reason: "Still" })).state).toBe("requested");
  });

  it("can be made by the owner alone, and only for payments of their organization", async () => {
    const [who, other] = [await organization(ctx), await organization(ctx)];
    const { payment } = await payAtStripe(shop, who);
    for (const role of ["admin", "developer", "viewer"] as const)
      await expect(requestRefund(await memberOf(who, role), { payment, reason: "x" })).rejects.toMatchObject({
        code: "forbidden",
      });
    const stranger = await memberOf(other, "owner");
    await expect(requestRefund(stranger, { payment, reason: "x" })).rejects.toMatchObject({ code: "not_found" });
    await expect(paymentReversals(stranger, { id: payment })).rejects.toMatchObject({ code: "not_found" });
    expect(await paymentReversals(await memberOf(who, "viewer"), { id: payment })).toMatchObject({
      clawed: "0",
      left: { credit: "100", money: { amount: "1000", currency: "EUR" } },
      refunds: [],
      disputes: [],
    });
  });
});

describe("a refund that Stripe refuses", () => {
  it("changes nothing where Stripe has the refund after all, and is corrected by reading Stripe's state", async () => {
    const who = await organization(ctx);
    const { id, payment, intent } = await payAtStripe(shop, who);
    const made = await refundPayment(who.ctx, { payment, amount: 400n, reason: "part" });
    const row = (await queryOrganization(ctx.db, who.organizationId, (client) =>
      refundsOf(client, who.organizationId, id),
    )) as Refund[];
    const told = await settleRefund(who.ctx, row[0] as Refund, { state: "failed", note: "already refunded" });
    expect(told.state).toBe("succeeded");
    expect(await standingOf(who, id)).toMatchObject({ clawed: 40n, refunded: 400n });
    // As if the refusal had come first: no id of the provider is known, and the credit was given back.
    await ownerRows("UPDATE payment_refund SET refund = NULL WHERE payment_id = $1", [id]);
    await settleRefund(who.ctx, row[0] as Refund, { state: "failed", note: "already refunded" });
    expect(await standingOf(who, id)).toMatchObject({ clawed: 0n });
    await syncRefunds(jobOf(ctx), intent);
    expect(await standingOf(who, id)).toMatchObject({ clawed: 40n, refunded: 400n });
    expect((await paymentReversals(who.ctx, { id: payment })).refunds).toMatchObject([
      { id: made.id, state: "succeeded", money: { amount: "400" } },
    ]);
    await sound();
  });
});

describe("a refund in Stripe's dashboard", () => {
  it("removes its share of the credit when Stripe reports it, debt included", async () => {
    const who = await organization(ctx);
    const { id, payment, intent } = await payAtStripe(shop, who);
    await used(who, 90);
    await stripe.refunds.create({ payment_intent: intent, amount: 500 });
    await deliverEvents(shop);
    expect(await standingOf(who, id)).toMatchObject({ clawed: 50n, refunded: 500n });
    expect(await stateOf(who)).toMatchObject({ remaining: 0, debt: 40 });
    expect((await paymentReversals(who.ctx, { id: payment })).refunds).toMatchObject([
      { state: "succeeded", money: { amount: "500", currency: "EUR" } },
    ]);
    await sound();
  });

  it("restores the credit when it fails later", async () => {
    const who = await organization(ctx);
    const { id, intent } = await payAtStripe(shop, who);
    const { id: refund } = await stripe.refunds.create({ payment_intent: intent });
    await deliverEvents(shop);
    expect(await standingOf(who, id)).toMatchObject({ clawed: 100n });
    await test.refund(refund, "failed");
    await deliverEvents(shop);
    expect(await standingOf(who, id)).toMatchObject({ clawed: 0n, free: 100n });
    expect(await transactionsOf(who)).toEqual(["purchase 100", "clawback -100", "adjustment 100"]);
    await sound();
  });

  it("credits its payment first when it is reported before the payment, once", async () => {
    const who = await organization(ctx);
    await test.webhooks("hold");
    const { id, intent } = await payAtStripe(shop, who, { told: false });
    await stripe.refunds.create({ payment_intent: intent, amount: 250 });
    await ownerRows("DELETE FROM webhook_event");
    await test.webhooks("shuffle");
    await test.flush();
    await deliverEvents(shop);
    expect(await standingOf(who, id)).toMatchObject({ state: "succeeded", clawed: 25n, free: 75n });
    expect(await transactionsOf(who)).toEqual(["purchase 100", "clawback -25"]);
    await sound();
  });
});
