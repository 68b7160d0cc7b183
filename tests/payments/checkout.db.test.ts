/** Buying on the provider's page: redirect, webhook and job in every order, and each alone. */

import type Stripe from "stripe";
import { beforeEach, describe, expect, it } from "vitest";
import { deleteOrganization, transferOrganization, updateOrganization } from "@/lib/accounts";
import { newId } from "@/lib/kernel/ids";
import { ownPaths } from "@/lib/kernel/own-paths";
import { followCustomers, listCards, listPayments, refreshPayment } from "@/lib/payments";
import { many } from "../fixtures/call";
import { brokenInvariants, ownerRows } from "../fixtures/ledger";
import { memberOf, type OwnedOrganization, ownedOrganization } from "../fixtures/organization";
import {
  applyEvents,
  buy,
  grantsOfPayments,
  paymentOf,
  settleDuePayments,
  stripeShop,
  uuidOf,
} from "../fixtures/payment";

const { ctx, stripe, test } = await stripeShop();
let own: OwnedOrganization;

beforeEach(async () => {
  await test.noFaults();
  await test.webhooks("deliver");
  own = await ownedOrganization(ctx);
});

const back = (payment: string) => refreshPayment(own.owner, { id: payment });
const invoices = () =>
  ownerRows("SELECT state, total::text FROM invoice WHERE organization_id = $1", [own.organizationId]);

describe("a top-up on the provider's page", () => {
  it("is credited by the redirect alone, with its invoice", async () => {
    await test.webhooks("hold");
    const { payment, redirect, state } = await buy(own);
    expect(state).toBe("open");
    expect(await test.checkout(redirect)).toEqual({
      to: expect.stringContaining(`${ownPaths(own.organizationId).paymentReturn}?payment=${payment}`),
    });
    expect(await back(payment)).toMatchObject({
      payment: {
        state: "succeeded",
        credit: "200",
        card: "Visa ···· 4242",
        money: { amount: "2000", currency: "EUR" },
      },
    });
    expect(await grantsOfPayments(own)).toEqual([200]);
    expect(await invoices()).toEqual([{ state: "paid", total: "2000" }]);
    expect((await paymentOf(own, payment))?.checkAt).toBeNull();
    expect(await listCards(own.owner)).toEqual([]);
  });

  it("is credited by the webhook alone", async () => {
    const { payment, redirect } = await buy(own);
    await test.checkout(redirect);
    await test.delivered();
    expect(await applyEvents(ctx)).toContain("applied");
    expect((await paymentOf(own, payment))?.state).toBe("succeeded");
    expect(await grantsOfPayments(own)).toEqual([200]);
  });

  it("is credited once by both at once, with every event twice and shuffled", async () => {
    await test.webhooks("hold");
    const { payment, redirect } = await buy(own);
    await test.checkout(redirect);
    await test.webhooks("duplicate");
    await test.flush();
    await test.delivered();
    await Promise.all([back(payment), applyEvents(ctx), back(payment), applyEvents(ctx), back(payment)]);
    expect(await grantsOfPayments(own)).toEqual([200]);
    expect(await invoices()).toHaveLength(1);
  });

  it("is credited by the job where neither redirect nor webhook reported it", async () => {
    await test.webhooks("hold");
    const { payment, redirect } = await buy(own);
    await test.checkout(redirect);
    expect(await grantsOfPayments(own)).toEqual([]);
    await settleDuePayments(ctx, 2);
    expect(await grantsOfPayments(own)).toEqual([200]);
    expect((await paymentOf(own, payment))?.state).toBe("succeeded");
  });

  it("is found by the job even when the page's id was lost on the way", async () => {
    await test.webhooks("hold");
    await test.fault("POST /v1/checkout/sessions", "reset", 5);
    const key = newId();
    await expect(buy(own, { key })).rejects.toMatchObject({ code: "upstream_failed" });
    await test.noFaults();
    // The same form again gets the page of the same payment.
    const { payment, redirect } = await buy(own, { key });
    await ownerRows("UPDATE payment SET session = NULL WHERE organization_id = $1", [own.organizationId]);
    await test.checkout(redirect);
    await settleDuePayments(ctx, 2);
    expect(await grantsOfPayments(own)).toEqual([200]);
    expect((await paymentOf(own, payment))?.session).toMatch(/^cs_/);
  });

  it("reaches the same state for events in every order", async () => {
    const { payment, redirect } = await buy(own);
    await test.checkout(redirect);
    await test.delivered();
    const of = (event: Stripe.Event) => JSON.stringify(event).includes(uuidOf(payment));
    const events = test.events.filter(of).slice(-6);
    await ownerRows("UPDATE webhook_event SET state = 'applied'");
    for (const order of [events, [...events].reverse()]) {
      for (const { id } of order) {
        await ownerRows("UPDATE webhook_event SET state = 'received', attempts = 0, due_at = now() WHERE id = $1", [
          id,
        ]);
        await applyEvents(ctx);
      }
    }
    expect(await grantsOfPayments(own)).toEqual([200]);
  });

  it("is credited once when one card is declined on the page and another one pays", async () => {
    const { payment, redirect } = await buy(own);
    expect((await test.checkout(redirect, { number: "4000000000000002" })).error).toMatch(/declined/i);
    await test.delivered();
    await applyEvents(ctx);
    expect(await back(payment)).toMatchObject({ payment: { state: "open" }, redirect });
    await test.checkout(redirect);
    await test.delivered();
    await applyEvents(ctx);
    expect(await grantsOfPayments(own)).toEqual([200]);
  });

  it("is paid with 3-D Secure, and a failed authentication leaves the page open", async () => {
    const { payment, redirect } = await buy(own);
    await test.checkout(redirect, { number: "4000002500003155", authenticate: "fail" });
    expect(await back(payment)).toMatchObject({ payment: { state: "open" } });
    await test.checkout(redirect, { number: "4000002500003155" });
    expect(await back(payment)).toMatchObject({ payment: { state: "succeeded" } });
    expect(await grantsOfPayments(own)).toEqual([200]);
  });

  it("saves the card where the buyer chose that", async () => {
    const { payment, redirect } = await buy(own, { saveCard: true });
    await test.checkout(redirect);
    await back(payment);
    expect(await listCards(own.owner)).toMatchObject([{ brand: "visa", last4: "4242", isDefault: true, usedBy: [] }]);
  });

  it("uses the same page and one payment for the same form twice", async () => {
    const key = newId();
    const all = await Promise.all(many(5, () => buy(own, { key })));
    expect(new Set(all.map(({ redirect }) => redirect)).size).toBe(1);
    expect(new Set(all.map(({ payment }) => payment)).size).toBe(1);
    await test.checkout(all[0]?.redirect ?? "");
    await Promise.all(all.map(({ payment }) => back(payment)));
    expect(await grantsOfPayments(own)).toEqual([200]);
    expect(await buy(own, { key })).toMatchObject({ state: "succeeded", payment: all[0]?.payment });
    await expect(buy(own, { key, amount: "30" })).rejects.toMatchObject({ code: "validation_failed" });
  });

  it("is canceled when its page expires unpaid", async () => {
    const { payment, redirect } = await buy(own);
    const session = (await paymentOf(own, payment))?.session ?? "";
    await stripe.checkout.sessions.expire(session);
    expect(await back(payment)).toMatchObject({ payment: { state: "canceled" }, redirect: null });
    expect((await test.checkout(redirect)).to).toBeUndefined();
    expect((await listPayments(own.owner, { limit: 10 })).data).toEqual([]);
  });

  it("is paid or closed before its organization can be deleted", async () => {
    const { payment } = await buy(own);
    const gone = () => deleteOrganization(own.owner, { forfeit: true });
    await expect(gone()).rejects.toMatchObject({ code: "conflict", message: /A payment is not finished/ });
    await stripe.checkout.sessions.expire((await paymentOf(own, payment))?.session ?? "");
    await back(payment);
    await gone();
    await expect(buy(own)).rejects.toMatchObject({ code: "not_found" });
  });

  it("uses one customer at the provider for requests at once, and creates it again when the provider lost it", async () => {
    await Promise.all(many(4, () => buy(own)));
    const customers = () =>
      ownerRows<{ customer: string }>("SELECT customer FROM payment_customer WHERE organization_id = $1", [
        own.organizationId,
      ]);
    const [first] = await customers();
    const all = await stripe.customers.list({ limit: 100 });
    expect(all.data.filter(({ metadata }) => metadata.organization === own.organizationId)).toHaveLength(1);
    await stripe.customers.del(first?.customer ?? "");
    const { payment, redirect } = await buy(own);
    await test.checkout(redirect);
    await back(payment);
    expect(await grantsOfPayments(own)).toEqual([200]);
    expect((await customers())[0]?.customer).not.toBe(first?.customer);
  });

  it("tells the provider a new name and a new owner of the organization once each", async () => {
    await buy(own);
    const job = { ...ctx, now: new Date(), actor: { type: "job" } } as const;
    await followCustomers(job);
    await updateOrganization(own.owner, { name: "Renamed", timeZone: "UTC" });
    const heir = await memberOf(own, "admin", `${newId()}@heir.example`);
    await transferOrganization(own.owner, { userId: heir.actor.userId });
    expect(await followCustomers(job)).toBe(1);
    expect(await followCustomers(job)).toBe(0);
    const [row] = await ownerRows<{ customer: string; email: string }>(
      `SELECT c.customer, u.email FROM payment_customer c, "user" u WHERE c.organization_id = $1 AND u.id = $2`,
      [own.organizationId, heir.actor.userId],
    );
    const told = await stripe.customers.retrieve(row?.customer ?? "");
    expect(told).toMatchObject({ name: "Renamed", email: row?.email });
  });

  it("leaves a ledger in which every invariant holds", async () => {
    expect(await brokenInvariants(ctx)).toEqual([]);
  });
});
