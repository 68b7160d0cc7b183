/** Auto top-up from the call that crosses the threshold to the credit, with the real SDK against the local Stripe. */

import { beforeEach, describe, expect, it } from "vitest";
import { charge, hold, settle } from "@/lib/gate";
import { newId } from "@/lib/kernel/ids";
import { ownPaths } from "@/lib/kernel/own-paths";
import { verifyLedger } from "@/lib/ledger";
import type { InstallationContext } from "@/lib/platform/context";
import { mailNotices, readAutoTopUp, runAutoTopUps, setAutoTopUp, switchOffAutoTopUp } from "@/lib/topup";
import { many, spend } from "../fixtures/call";
import { autoTopUpCatalogue, installation } from "../fixtures/catalogue";
import { ownerRows, stateOf } from "../fixtures/ledger";
import { atNow, memberOf, type Organization, organization } from "../fixtures/organization";
import { intentsOf, makeClientImpatient, saveCard } from "../fixtures/payment";
import { localStripe } from "../fixtures/sandbox";

const local = await localStripe();
makeClientImpatient(local);
const { test } = local;
const ctx = await installation(autoTopUpCatalogue());
beforeEach(async () => {
  await test.noFaults();
});

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const RULE = { threshold: "20", amount: "50" };
const job = (now = new Date()): InstallationContext => ({ actor: { type: "job" }, now, db: ctx.db });
const run = (at: Date | null = null) => runAutoTopUps(job(at ?? new Date()), at);
const later = (ms: number) => new Date(Date.now() + ms);
const spent = (who: Organization, credits: number) => charge(ctx, { ...spend(who, credits), idempotencyKey: newId() });

/** A customer with so much credit, an owner and a card, and the rule: below 20, buy 50. */
async function buyer(number: string, credit = 10n, rule: Partial<typeof RULE> & { monthlyCap?: string } = {}) {
  const who = await organization(ctx, { credit });
  const owner = await memberOf(who, "owner");
  await saveCard(local, who, number);
  await setAutoTopUp({ ...owner, now: new Date() }, { ...RULE, ...rule });
  return { ...who, owner };
}

/** Subjects of the mails that wait for the owner, the oldest first. */
async function mailsOf({ owner }: Awaited<ReturnType<typeof buyer>>) {
  await mailNotices(job());
  const rows = await ownerRows<{ subject: string; text: string }>(
    `SELECT subject, text FROM mail WHERE recipient = (SELECT email FROM "user" WHERE id = $1) ORDER BY created_at, id`,
    [owner.actor.userId],
  );
  return rows;
}

const payments = ({ organizationId }: Organization) =>
  ownerRows<{ state: string; failure_code: string | null; tries: number; card: string | null }>(
    "SELECT state, failure_code, tries, card FROM payment WHERE organization_id = $1 ORDER BY created_at",
    [organizationId],
  );

describe("an auto top-up", () => {
  it("charges once and credits once when 60 settles cross the threshold at once", async () => {
    const who = await buyer("4242424242424242", 70n);
    const holds = await Promise.all(many(60, () => hold(ctx, { ...spend(who, 1), idempotencyKey: newId() })));
    await run();
    expect(await intentsOf(local, who)).toEqual([]);
    await Promise.all([
      ...holds.map(({ id }) => settle(ctx, { id, quantities: { credit: 1n }, idempotencyKey: newId() })),
      ...many(10, () => run()),
    ]);
    await Promise.all(many(5, () => run()));
    expect(await intentsOf(local, who)).toMatchObject([{ status: "succeeded", amount: 5_000, currency: "eur" }]);
    expect(await stateOf(who)).toMatchObject({ remaining: 60, debt: 0, entries: 0 });
    expect(await readAutoTopUp(atNow(who))).toMatchObject({
      state: "ready",
      level: "60",
      month: { charged: { amount: "5000", currency: "EUR" } },
    });
  });

  it("does not start at exactly the threshold, nor by held credit alone", async () => {
    const who = await buyer("4242424242424242", 30n);
    await hold(ctx, { ...spend(who, 20), idempotencyKey: newId() });
    await spent(who, 10);
    await run();
    expect(await intentsOf(local, who)).toEqual([]);
    expect(await readAutoTopUp(atNow(who))).toMatchObject({ state: "ready", level: "20" });
  });

  it("continues in the next calendar month when this month is at its cap, and says so once", async () => {
    const who = await buyer("4242424242424242", 10n, { monthlyCap: "120" });
    await run();
    await spent(who, 55);
    await run();
    await spent(who, 45);
    await run();
    await run();
    expect(await intentsOf(local, who)).toHaveLength(2);
    const standing = await readAutoTopUp(atNow(who));
    expect(standing).toMatchObject({ state: "waiting", reason: "capped", month: { charged: { amount: "10000" } } });
    const mails = await mailsOf(who);
    expect(mails.map(({ subject }) => subject)).toEqual(["Auto top-up has reached its monthly limit"]);
    expect(mails[0]?.text).toContain("€100.00 this month. The limit is €120.00");
    expect(standing.until).toBe(standing.month.endsAt);
    await run(new Date(new Date(standing.month.endsAt).getTime() + 1));
    expect(await intentsOf(local, who)).toHaveLength(3);
    expect(await mailsOf(who)).toHaveLength(1);
  });
});

describe("a refused card", () => {
  it("is tried again after an hour, then two, and not after the third time until the card changes", async () => {
    const who = await buyer("4000000000000341");
    await run();
    await run();
    expect(await payments(who)).toMatchObject([{ state: "failed", failure_code: "generic_decline" }]);
    expect(await readAutoTopUp(atNow(who))).toMatchObject({ state: "waiting", reason: "declined" });
    await run(later(HOUR_MS - MINUTE_MS));
    expect(await payments(who)).toHaveLength(1);
    await run(later(HOUR_MS + MINUTE_MS));
    expect(await payments(who)).toHaveLength(2);
    await run(later(3 * HOUR_MS - MINUTE_MS));
    expect(await payments(who)).toHaveLength(2);
    await run(later(3 * HOUR_MS + 2 * MINUTE_MS));
    await run(later(100 * HOUR_MS));
    expect(await payments(who)).toHaveLength(3);
    expect(await readAutoTopUp(atNow(who))).toMatchObject({ state: "waiting", reason: "suspended", until: null });
    expect((await mailsOf(who)).map(({ subject }) => subject)).toEqual(["Auto top-up has stopped"]);
    expect(await stateOf(who)).toMatchObject({ remaining: 10, entries: 0 });
    await saveCard(local, who, "4242424242424242");
    await run(later(101 * HOUR_MS));
    expect(await stateOf(who)).toMatchObject({ remaining: 60, entries: 0 });
  });

  it("is reported once, with the bank's words and the time of the next try", async () => {
    const who = await buyer("4000000000009995");
    await run();
    const [mail, ...more] = await mailsOf(who);
    expect(more).toEqual([]);
    expect(mail?.subject).toBe("A payment of €50.00 was declined");
    expect(mail?.text).toContain("€50.00 to Visa ···· 4242: Your card has insufficient funds.");
    expect(mail?.text).toMatch(/The next attempt is on \w+ \d+ \w+ at \d\d:\d\d \(UTC\)/);
    expect(mail?.text).toContain(ownPaths(who.organizationId).paymentMethods);
  });

  it.each([["4000000000009987"], ["4000000000009979"], ["4100000000000019"]])(
    "is not charged twice when it is the test card %s",
    async (number) => {
      const who = await buyer(number);
      await run();
      await run(later(1_000 * HOUR_MS));
      expect(await payments(who)).toHaveLength(1);
      expect(await readAutoTopUp(atNow(who))).toMatchObject({ reason: "suspended" });
    },
  );
});

describe("a card whose holder must confirm", () => {
  it("is not tried again, and auto top-up continues after the holder has paid themselves", async () => {
    const who = await buyer("4000002760003184");
    await run();
    await run(later(1_000 * HOUR_MS));
    expect(await payments(who)).toMatchObject([{ state: "failed", failure_code: "authentication_required" }]);
    const [mail] = await mailsOf(who);
    expect(mail?.subject).toBe("Confirm a payment of €50.00");
    expect(mail?.text).toContain(`${ownPaths(who.organizationId).addFunds}?amount=50.00`);
    await ownerRows(`SELECT ledger.open_payment($1, NULL, $2, 'top_up', 5000, 'EUR', 50, 'Add funds', 1, 'k', $2)`, [
      who.organizationId,
      newId(),
    ]);
    await ownerRows(
      `SELECT ledger.credit_payment($1, NULL, id, 'pi_self', 5000, 'EUR', 'Visa') FROM payment
       WHERE organization_id = $1 AND purpose = 'top_up'`,
      [who.organizationId],
    );
    expect(await readAutoTopUp(atNow(who))).toMatchObject({ state: "ready", level: "60" });
  });
});

describe("a provider that fails", () => {
  const cases = [
    ["before", "an error before the work"],
    ["after", "an error after the work"],
    ["timeout", "no answer"],
    ["reset", "a connection that breaks"],
    ["429", "too many requests"],
  ] as const;
  it.each(cases)("causes no decline and no second charge (%s: %s)", async (kind) => {
    const who = await buyer("4242424242424242");
    // The SDK itself asks a second time with the same key.
    await test.fault("POST /v1/payment_intents", kind, 2);
    await run();
    await test.noFaults();
    const at = [1, 3, 7, 15, 31, 62].map((minutes) => later(minutes * MINUTE_MS + 5_000 * minutes));
    for (const time of at) await run(time);
    expect((await intentsOf(local, who)).filter(({ status }) => status === "succeeded")).toHaveLength(1);
    expect(await payments(who)).toMatchObject([{ state: "succeeded" }]);
    expect(await stateOf(who)).toMatchObject({ remaining: 60, entries: 0 });
    expect(await mailsOf(who)).toEqual([]);
    expect(await readAutoTopUp(atNow(who))).toMatchObject({ state: "ready", reason: null });
  });
});

describe("debt larger than one purchase", () => {
  it("is not paid by a loop of charges", async () => {
    const who = await organization(ctx, { credit: 10n });
    const owner = await memberOf(who, "owner");
    const { id } = await hold(ctx, { ...spend(who, 10), idempotencyKey: newId() });
    await settle(ctx, { id, quantities: { credit: 60n }, idempotencyKey: newId() });
    await saveCard(local, who, "4242424242424242");
    await setAutoTopUp({ ...owner, now: new Date() }, RULE);
    for (let times = 0; times < 4; times += 1) await run(later(times * 24 * HOUR_MS));
    expect(await intentsOf(local, who)).toHaveLength(1);
    expect(await readAutoTopUp(atNow(who))).toMatchObject({ state: "waiting", reason: "gap", level: "0" });
    expect((await mailsOf({ ...who, owner })).map(({ subject }) => subject)).toEqual(["Auto top-up was not enough"]);
  });
});

describe("an auto top-up that is switched off in flight", () => {
  it("credits what was charged", async () => {
    const who = await buyer("4242424242424242");
    await test.fault("POST /v1/payment_intents", "after", 2);
    await run();
    await switchOffAutoTopUp({ ...who.owner, now: new Date() });
    await test.noFaults();
    await run(later(2 * MINUTE_MS));
    expect(await stateOf(who)).toMatchObject({ remaining: 60, entries: 0 });
    expect(await readAutoTopUp(atNow(who))).toMatchObject({ state: "off" });
  });

  it("sends no further request where nothing was charged", async () => {
    const who = await buyer("4242424242424242");
    await test.fault("POST /v1/payment_intents", "before", 2);
    await run();
    await switchOffAutoTopUp({ ...who.owner, now: new Date() });
    await test.noFaults();
    for (const minutes of [2, 5, 12, 30]) await run(later(minutes * MINUTE_MS));
    expect(await payments(who)).toMatchObject([{ state: "canceled", tries: 1 }]);
    expect(await intentsOf(local, who)).toEqual([]);
    expect(await readAutoTopUp(atNow(who))).toMatchObject({ state: "off" });
  });
});

it("leaves a ledger in which every invariant holds", async () => {
  const checks = await verifyLedger({ ...ctx, actor: { type: "operator" } });
  expect(checks.filter(({ rows }) => rows.length > 0)).toEqual([]);
});
