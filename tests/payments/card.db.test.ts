/** Charging a saved card: each answer of a bank, and a provider that does not answer. */

import { beforeEach, describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { ownPaths } from "@/lib/kernel/own-paths";
import {
  addCard,
  listCards,
  listPayments,
  refreshPayment,
  removeCard,
  setDefaultCard,
  settleDue,
  syncCards,
} from "@/lib/payments";
import { keepCards } from "@/lib/payments/cards/card-store";
import { databaseTime } from "@/lib/platform/clock";
import { brokenInvariants, ownerRows } from "../fixtures/ledger";
import { memberOf, type OwnedOrganization, ownedOrganization } from "../fixtures/organization";
import {
  applyEvents,
  buy,
  grantsOfPayments,
  ORIGIN,
  paymentOf,
  settleDuePayments,
  stripeShop,
  uuidOf,
} from "../fixtures/payment";

const { ctx, stripe, test } = await stripeShop();
let own: OwnedOrganization;
const to = { currency: "EUR", success: `${ORIGIN}/billing/return?cards=1`, cancel: `${ORIGIN}/billing` };

/** Adds a card as a customer does; answers its id. */
async function addOne(number = "4242424242424242"): Promise<string> {
  const before = (await listCards(own.owner)).map(({ id }) => id);
  const { redirect } = await addCard(own.owner, to);
  await test.checkout(redirect, { number });
  await syncCards(own.owner);
  return (await listCards(own.owner)).find(({ id }) => !before.includes(id))?.id ?? "";
}

const charges = async () => {
  const [row] = await ownerRows<{ customer: string }>(
    "SELECT customer FROM payment_customer WHERE organization_id = $1",
    [own.organizationId],
  );
  const { data } = await stripe.paymentIntents.list({ customer: row?.customer ?? "", limit: 100 });
  return data.filter(({ status }) => status === "succeeded");
};

beforeEach(async () => {
  await test.noFaults();
  await test.webhooks("hold");
  own = await ownedOrganization(ctx);
});

describe("a saved card", () => {
  it("is charged at once, and the job makes its invoice", async () => {
    const card = await addOne();
    const { payment, state, redirect } = await buy(own, { card });
    const back = `${ownPaths(own.organizationId).paymentReturn}?payment=${payment}`;
    expect({ state, redirect }).toEqual({ state: "succeeded", redirect: back });
    expect(await grantsOfPayments(own)).toEqual([200]);
    await settleDuePayments(ctx);
    const { data } = await listPayments(own.owner, { limit: 10 });
    expect(data).toMatchObject([
      {
        id: payment,
        state: "succeeded",
        card: "Visa ···· 4242",
        invoice: { state: "paid", number: expect.any(String) },
      },
    ]);
    expect((await paymentOf(own, payment))?.checkAt).toBeNull();
    await settleDuePayments(ctx, 100);
    const rows = await ownerRows("SELECT id FROM invoice WHERE organization_id = $1", [own.organizationId]);
    expect(rows).toHaveLength(1);
  });

  it.each([
    ["4000000000000002", "generic_decline"],
    ["4000000000009995", "insufficient_funds"],
    ["4000000000009987", "lost_card"],
    ["4000000000009979", "stolen_card"],
    ["4000000000000069", "expired_card"],
  ])(
    "is refused with the bank's words for the test card %s, and nothing is credited, now or by a late event",
    async (number, code) => {
      const card = await addOne();
      await test.card(card, number);
      const key = newId();
      await expect(buy(own, { card, key })).rejects.toMatchObject({
        code: "payment_required",
        message: expect.any(String),
      });
      await expect(buy(own, { card, key })).rejects.toMatchObject({ code: "payment_required" });
      await test.flush();
      await applyEvents(ctx);
      const [payment] = (await listPayments(own.owner, { limit: 10 })).data;
      expect(payment).toMatchObject({ state: "failed", failure: { code } });
      expect(await grantsOfPayments(own)).toEqual([]);
    },
  );

  it("leads to 3-D Secure where the bank wants it, and is credited when its holder returns", async () => {
    const card = await addOne();
    await test.card(card, "4000002760003184");
    const { payment, state, redirect } = await buy(own, { card });
    expect(state).toBe("open");
    expect(await test.authenticate(redirect, true)).toEqual({
      to: expect.stringContaining(`${ownPaths(own.organizationId).paymentReturn}?payment=${payment}`),
    });
    expect(await refreshPayment(own.owner, { id: payment })).toMatchObject({ payment: { state: "succeeded" } });
    expect(await grantsOfPayments(own)).toEqual([200]);
  });

  it("is not charged when its holder fails 3-D Secure, and a later attempt is another payment", async () => {
    const card = await addOne();
    await test.card(card, "4000002760003184");
    const { payment, redirect } = await buy(own, { card });
    await test.authenticate(redirect, false);
    expect(await refreshPayment(own.owner, { id: payment })).toMatchObject({ payment: { state: "failed" } });
    await test.card(card, "4242424242424242");
    expect((await buy(own, { card })).state).toBe("succeeded");
    // The first one's failure is told late, after the second one's success.
    await test.flush();
    await applyEvents(ctx);
    expect(await grantsOfPayments(own)).toEqual([200]);
  });

  it.each(["after", "reset", "truncated"] as const)(
    "is charged once when the response to the charge is lost: %s",
    async (kind) => {
      const card = await addOne();
      await test.fault("POST /v1/payment_intents", kind, 3);
      const key = newId();
      const first = await buy(own, { card, key });
      await test.noFaults();
      await buy(own, { card, key });
      await settleDuePayments(ctx, 2);
      await settleDuePayments(ctx, 30);
      expect(await charges()).toHaveLength(1);
      expect(await grantsOfPayments(own)).toEqual([200]);
      expect((await paymentOf(own, first.payment))?.state).toBe("succeeded");
    },
  );

  it.each(["before", "drop", "429", "503"] as const)(
    "is not charged when the provider did nothing (%s), and the job says so in the end",
    async (kind) => {
      const card = await addOne();
      await test.fault("POST /v1/payment_intents", kind, 9);
      const { payment, state } = await buy(own, { card });
      expect(state).toBe("open");
      await test.noFaults();
      await settleDuePayments(ctx, 2);
      expect((await paymentOf(own, payment))?.state).toBe("open");
      await settleDuePayments(ctx, 20);
      expect(await paymentOf(own, payment)).toMatchObject({ state: "canceled" });
      expect(await charges()).toEqual([]);
      expect(await grantsOfPayments(own)).toEqual([]);
    },
  );

  it("is credited by the job when it was charged and the result could not be stored, and no caller is told that nothing was charged", async () => {
    const card = await addOne();
    await ownerRows(`CREATE OR REPLACE FUNCTION public.lose_payment() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'lost'; END $$`);
    await ownerRows(`CREATE TRIGGER lose_payment BEFORE UPDATE ON payment FOR EACH ROW WHEN (NEW.state = 'succeeded')
      EXECUTE FUNCTION public.lose_payment()`);
    const bought = await buy(own, { card }).finally(() => ownerRows("DROP TRIGGER lose_payment ON payment"));
    expect(bought.state).toBe("open");
    expect(await grantsOfPayments(own)).toEqual([]);
    await settleDuePayments(ctx, 2);
    expect(await grantsOfPayments(own)).toEqual([200]);
    expect(await charges()).toHaveLength(1);
  });

  it("is checked again by the database's clock, whatever the worker's clock says", async () => {
    const card = await addOne();
    await test.card(card, "4000002760003184");
    const { payment } = await buy(own, { card });
    const job = { ...ctx, actor: { type: "job" }, now: new Date(Date.now() - 600_000) } as const;
    await ownerRows("UPDATE payment SET check_at = now() WHERE id = $1", [uuidOf(payment)]);
    await settleDue(job);
    expect((await paymentOf(own, payment))?.checkAt?.getTime()).toBeGreaterThan(Date.now() + 2_000);
  });

  it("is charged once for the same form sent many times at once", async () => {
    const card = await addOne();
    const key = newId();
    await Promise.all(Array.from({ length: 6 }, () => buy(own, { card, key })));
    await settleDuePayments(ctx, 2);
    expect(await charges()).toHaveLength(1);
    expect(await grantsOfPayments(own)).toEqual([200]);
  });
});

describe("payment methods", () => {
  it("include those that were saved after a list was read", async () => {
    const readAt = await databaseTime(ctx.db);
    const id = await addOne();
    await keepCards(own.owner, { cards: [], byDefault: null, readAt });
    expect(await listCards(own.owner)).toMatchObject([{ id, isDefault: true }]);
    await keepCards(own.owner, { cards: [], byDefault: null, readAt: await databaseTime(ctx.db) });
    expect(await listCards(own.owner)).toEqual([]);
  });

  it("can be added, the first by default, made the default, and removed", async () => {
    const first = await addOne();
    const second = await addOne("4000002500003155");
    expect(await listCards(own.owner)).toMatchObject([
      { id: first, isDefault: true },
      { id: second, isDefault: false },
    ]);
    await setDefaultCard(own.owner, { id: second });
    expect(await listCards(own.owner)).toMatchObject([{ id: second, isDefault: true }, { id: first }]);
    await removeCard(own.owner, { id: second });
    expect(await listCards(own.owner)).toMatchObject([{ id: first, isDefault: true }]);
    await expect(removeCard(own.owner, { id: second })).rejects.toMatchObject({ code: "not_found" });
    await expect(setDefaultCard(own.owner, { id: second })).rejects.toMatchObject({ code: "not_found" });
  });

  it("can be removed while auto top-up charges them only with an explicit confirmation", async () => {
    const id = await addOne();
    await ownerRows("SELECT ledger.set_auto_top_up($1, NULL, true, 0, 5000, NULL, NULL, NULL, NULL)", [
      own.organizationId,
    ]);
    expect(await listCards(own.owner)).toMatchObject([{ id, usedBy: ["auto_top_up"] }]);
    await expect(removeCard(own.owner, { id })).rejects.toMatchObject({ code: "conflict" });
    expect(await listCards(own.owner)).toHaveLength(1);
    await removeCard(own.owner, { id, confirmed: true });
    expect(await listCards(own.owner)).toEqual([]);
  });

  it("follow changes at the provider by its events", async () => {
    const id = await addOne();
    await test.flush();
    await applyEvents(ctx);
    await stripe.paymentMethods.detach(id);
    await test.flush();
    expect(await applyEvents(ctx)).toContain("applied");
    expect(await listCards(own.owner)).toEqual([]);
  });

  it("can be changed by an owner only, and by no member of another organization", async () => {
    const id = await addOne();
    const viewer = await memberOf(own, "admin");
    for (const refused of [
      addCard(viewer, to),
      setDefaultCard(viewer, { id }),
      removeCard(viewer, { id }),
      buy({ owner: viewer }),
    ]) {
      await expect(refused).rejects.toMatchObject({ code: "forbidden" });
    }
    const other = await ownedOrganization(ctx);
    await expect(removeCard(other.owner, { id })).rejects.toMatchObject({ code: "not_found" });
    await expect(buy(other, { card: id })).rejects.toMatchObject({ code: "validation_failed" });
    const { payment } = await buy(own, { card: id });
    await expect(refreshPayment(other.owner, { id: payment })).rejects.toMatchObject({ code: "not_found" });
  });

  it("leave a ledger in which every invariant holds", async () => {
    expect(await brokenInvariants(ctx)).toEqual([]);
  });
});
