/** When auto top-up is looked at, and what a charge's end makes of it: the queue in the database, without a provider. */
import { expect, it } from "vitest";
import { charge, hold, settle } from "@/lib/gate";
import { newId } from "@/lib/kernel/ids";
import { advance, grant } from "@/lib/ledger";
import { many, spend } from "../fixtures/call";
import { creditCatalogue, installation } from "../fixtures/catalogue";
import { ownerRows } from "../fixtures/ledger";
import { type Organization, organization } from "../fixtures/organization";
import { recordCard } from "../fixtures/recorded-payment";

const ctx = await installation(creditCatalogue({ settlement: "actual" }));

type Rule = {
  threshold?: number;
  amount?: number | null;
  pack?: string | null;
  cap?: number | null;
  enabled?: boolean;
};
type BegunCharge = { outcome: string; payment_id: string; resumed: boolean; enabled: boolean };

const hours = (count: number) => count * 3_600_000;
const after = (from: Date, ms: number) => new Date(from.getTime() + ms);

async function setRule({ organizationId }: Organization, rule: Rule = {}, now: Date | null = null) {
  const { threshold = 20, amount = 5_000, pack = null, cap = null, enabled = true } = rule;
  await ownerRows("SELECT ledger.set_auto_top_up($1, $2, $3, $4, $5, $6, NULL, $7, NULL)", [
    ...[organizationId, now, enabled, threshold, amount, pack, cap],
  ]);
}

async function begin(
  { organizationId }: Organization,
  now: Date | null = null,
  more: Partial<Record<string, unknown>> = {},
) {
  const { amount = 5_000, pack = null, price = 5_000, credit = 50, paidOnly = false } = more;
  const [row] = await ownerRows<BegunCharge>(
    "SELECT * FROM ledger.begin_auto_top_up($1, $2, $3, $4, $5, $6, 'EUR', $7, '50 credits', 1, $8)",
    [organizationId, now, newId(), amount, pack, price, credit, paidOnly],
  );
  return row as BegunCharge;
}

async function fail({ organizationId }: Organization, paymentId: string, code: string, now: Date | null = null) {
  await ownerRows("SELECT ledger.end_payment($1, $2, $3, 'failed', $4, 'No.')", [organizationId, now, paymentId, code]);
}

async function pay({ organizationId }: Organization, paymentId: string, now: Date | null = null) {
  await ownerRows("SELECT ledger.credit_payment($1, $2, $3, $4, amount, 'EUR', 'Visa') FROM payment WHERE id = $3", [
    ...[organizationId, now, paymentId, `pi_${paymentId}`],
  ]);
}

type State = {
  due_at: Date | null;
  blocked: string | null;
  failures: number;
  notice: string | null;
  below: string | null;
};
async function state({ organizationId }: Organization) {
  const [row] = await ownerRows<State>(
    `SELECT a.due_at, a.blocked, a.failures, a.notice, b.top_up_below AS below FROM auto_top_up a
     JOIN balance b USING (organization_id) WHERE organization_id = $1`,
    [organizationId],
  );
  return row as State;
}

async function claimed(now: Date | null = null) {
  const rows = await ownerRows<{ id: string }>(
    "SELECT id FROM ledger.claim_auto_top_ups($1, interval '2 minutes', 100) AS id",
    [now],
  );
  return rows.map(({ id }) => id);
}

const charged = (who: Organization, credits: number) =>
  charge(ctx, { ...spend(who, credits), idempotencyKey: newId() });

it("auto top-up starts when prepaid credit is strictly below the threshold, and does not subtract holds", async () => {
  const who = await organization(ctx, { credit: 100n });
  await setRule(who);
  expect(await state(who)).toMatchObject({ due_at: null, below: "20" });
  const held = await hold(ctx, { ...spend(who, 90), idempotencyKey: "h" });
  expect(await state(who)).toMatchObject({ due_at: null, below: "20" });
  await settle(ctx, { id: held.id, quantities: { credit: 80n }, idempotencyKey: "s" });
  expect(await state(who)).toMatchObject({ due_at: null, below: "20" });
  await charged(who, 1);
  expect(await state(who)).toMatchObject({ due_at: expect.any(Date), below: null });
});

it("auto top-up is checked when it is switched on below the threshold, and after an expiry", async () => {
  const low = await organization(ctx, { credit: 10n });
  await setRule(low);
  expect((await state(low)).due_at).not.toBeNull();
  const who = await organization(ctx, { credit: 15n });
  const expiresAt = after(ctx.now, hours(1));
  await grant(who.ctx, { amount: 50n, reason: "goodwill", idempotencyKey: "g", expiresAt });
  await setRule(who);
  expect(await state(who)).toMatchObject({ due_at: null, below: "20" });
  await advance(ctx, who.organizationId, after(ctx.now, hours(2)));
  expect(await state(who)).toMatchObject({ due_at: expect.any(Date), below: null });
});

it("auto top-up is queued once by 60 calls at once, and goes to one worker", async () => {
  const who = await organization(ctx, { credit: 100n });
  await setRule(who, { threshold: 70 });
  await recordCard(who.organizationId);
  const holds = await Promise.all(many(60, () => hold(ctx, { ...spend(who, 1), idempotencyKey: newId() })));
  expect(await claimed()).not.toContain(who.organizationId);
  await Promise.all(holds.map(({ id }) => settle(ctx, { id, quantities: { credit: 1n }, idempotencyKey: newId() })));
  const given = (await Promise.all([claimed(), claimed(), claimed()])).flat();
  expect(given.filter((id) => id === who.organizationId)).toHaveLength(1);
  const begun = await Promise.all([begin(who), begin(who), begin(who)]);
  expect(begun.map(({ outcome }) => outcome)).toEqual(["charge", "charge", "charge"]);
  expect(new Set(begun.map(({ payment_id }) => payment_id)).size).toBe(1);
  expect(begun.filter(({ resumed }) => !resumed)).toHaveLength(1);
});

it("auto top-up is armed again by its own credit, and due at once when that was spent in between", async () => {
  const who = await organization(ctx, { credit: 10n });
  await recordCard(who.organizationId);
  await setRule(who);
  const first = await begin(who);
  await charged(who, 10);
  await pay(who, first.payment_id);
  expect(await state(who)).toMatchObject({ due_at: null, below: "20", blocked: null });
  await charged(who, 35);
  const second = await begin(who);
  expect(second).toMatchObject({ outcome: "charge", resumed: false });
  await charged(who, 15);
  await ownerRows("UPDATE balance SET debt = 0 WHERE organization_id = $1", [who.organizationId]);
  await grant({ ...who.ctx, now: new Date() }, { amount: 1n, kind: "purchased", reason: "x", idempotencyKey: "x" });
  await charged(who, 1);
  await pay(who, second.payment_id);
  expect(await state(who)).toMatchObject({ due_at: null, below: "20" });
});

it("auto top-up does not loop when one purchase cannot reach the threshold, until something else does", async () => {
  const who = await organization(ctx, { credit: 10n });
  const held = await hold(ctx, { ...spend(who, 10), idempotencyKey: "h" });
  await settle(ctx, { id: held.id, quantities: { credit: 60n }, idempotencyKey: "s" });
  await recordCard(who.organizationId);
  await setRule(who);
  await pay(who, (await begin(who)).payment_id);
  expect(await state(who)).toMatchObject({ blocked: "gap", notice: "gap", due_at: null, below: null });
  expect(await begin(who)).toMatchObject({ outcome: "idle" });
  await grant({ ...who.ctx, now: new Date() }, { amount: 50n, kind: "purchased", reason: "g", idempotencyKey: "g" });
  expect(await state(who)).toMatchObject({ blocked: null, notice: null, due_at: null, below: "20" });
});

it("auto top-up waits an hour after a decline, two after the next, and stops with the third until the card changes", async () => {
  const who = await organization(ctx, { credit: 10n });
  await recordCard(who.organizationId);
  const start = after(new Date(), hours(1));
  await setRule(who, {}, start);
  const one = await begin(who, start);
  await fail(who, one.payment_id, "generic_decline", start);
  expect(await state(who)).toMatchObject({ blocked: "declined", failures: 1, notice: "declined" });
  expect((await state(who)).due_at).toEqual(after(start, hours(1)));
  // By a worker that was given it before the decline.
  expect(await begin(who, after(start, hours(1) - 1))).toMatchObject({ outcome: "idle" });
  expect((await state(who)).due_at).toEqual(after(start, hours(1)));
  const later = after(start, hours(1));
  await fail(who, (await begin(who, later)).payment_id, "insufficient_funds", later);
  expect((await state(who)).due_at).toEqual(after(later, hours(2)));
  // Neither settings nor switching off and on make a refused card be asked sooner.
  await setRule(who, { enabled: false }, later);
  expect((await state(who)).due_at).toBeNull();
  await setRule(who, { amount: 6_000 }, later);
  expect((await state(who)).due_at).toEqual(after(later, hours(2)));
  const last = after(later, hours(2));
  const third = await begin(who, last, { amount: 6_000 });
  await fail(who, third.payment_id, "generic_decline", last);
  // The same failure told again, by a webhook, counts once.
  await fail(who, third.payment_id, "generic_decline", last);
  expect(await state(who)).toMatchObject({ blocked: "suspended", failures: 3, notice: "suspended", due_at: null });
  await recordCard(who.organizationId);
  expect(await state(who)).toMatchObject({ blocked: null, failures: 0, due_at: expect.any(Date) });
});

it("auto top-up stops at once with a lost or stolen card, and waits for its holder where the bank requires that", async () => {
  for (const [code, blocked] of [
    ["lost_card", "suspended"],
    ["stolen_card", "suspended"],
    ["fraudulent", "suspended"],
    ["authentication_required", "authentication_required"],
  ] as const) {
    const who = await organization(ctx, { credit: 10n });
    await recordCard(who.organizationId);
    await setRule(who);
    await fail(who, (await begin(who)).payment_id, code);
    expect(await state(who)).toMatchObject({ blocked, notice: blocked, due_at: null, below: null });
    expect(await begin(who)).toMatchObject({ outcome: "idle" });
  }
});

it("auto top-up does not wait for another card that was chosen during the charge of the refused one", async () => {
  for (const code of ["lost_card", "card_missing", "authentication_required", "generic_decline"]) {
    const who = await organization(ctx, { credit: 10n });
    await recordCard(who.organizationId);
    await setRule(who);
    const { payment_id } = await begin(who);
    await recordCard(who.organizationId);
    await fail(who, payment_id, code);
    expect(await state(who)).toMatchObject({ blocked: null, failures: 0, notice: null, due_at: expect.any(Date) });
    expect(await begin(who)).toMatchObject({ outcome: "charge", resumed: false });
  }
});

it("auto top-up spends at most the cap of a calendar month in the organization's zone, says so once, and continues in the next", async () => {
  const who = await organization(ctx, { credit: 10n, timeZone: "Asia/Kathmandu" });
  await recordCard(who.organizationId);
  // In Kathmandu, 05:45 ahead, December has begun.
  const start = new Date("2040-11-30T18:30:00Z");
  await setRule(who, { threshold: 1_000, cap: 10_000 }, start);
  await ownerRows("UPDATE auto_top_up SET threshold = 60 WHERE organization_id = $1", [who.organizationId]);
  await pay(who, (await begin(who, start)).payment_id, start);
  expect((await state(who)).blocked).toBeNull();
  await ownerRows("UPDATE auto_top_up SET threshold = 500 WHERE organization_id = $1", [who.organizationId]);
  await pay(who, (await begin(who, start)).payment_id, start);
  await setRule(who, { threshold: 500, cap: 10_000 }, start);
  expect(await begin(who, after(start, 1))).toMatchObject({ outcome: "blocked" });
  const next = new Date("2040-12-31T18:15:00Z");
  expect(await state(who)).toMatchObject({ blocked: "capped", notice: "capped", due_at: next });
  await ownerRows("SELECT ledger.take_auto_top_up_notices(100)");
  await setRule(who, { threshold: 500, cap: 10_001 }, after(start, 2));
  expect(await begin(who, after(start, 3))).toMatchObject({ outcome: "blocked" });
  expect(await state(who)).toMatchObject({ blocked: "capped", notice: null, due_at: next });
  expect(await claimed(after(next, -1))).not.toContain(who.organizationId);
  expect(await claimed(next)).toContain(who.organizationId);
  expect(await begin(who, next)).toMatchObject({ outcome: "charge", resumed: false });
});

it("auto top-up names what is missing: a card, a paid plan, an offer in the catalogue", async () => {
  const who = await organization(ctx, { credit: 10n });
  await setRule(who);
  expect(await begin(who)).toMatchObject({ outcome: "blocked" });
  expect(await state(who)).toMatchObject({ blocked: "no_card", notice: "no_card", due_at: null });
  await recordCard(who.organizationId);
  expect((await state(who)).due_at).not.toBeNull();
  expect(await begin(who, null, { paidOnly: true })).toMatchObject({ outcome: "blocked" });
  expect((await state(who)).blocked).toBe("plan_required");
  expect(await begin(who, null, { price: null })).toMatchObject({ outcome: "blocked" });
  expect((await state(who)).blocked).toBe("unavailable");
  expect(await begin(who, null, { amount: 1 })).toMatchObject({ outcome: "again" });
  expect(await begin(who)).toMatchObject({ outcome: "charge" });
});

it("auto top-up follows its charge in flight when it is switched off, and starts no other", async () => {
  const who = await organization(ctx, { credit: 10n });
  await recordCard(who.organizationId);
  await setRule(who);
  const { payment_id } = await begin(who);
  await setRule(who, { enabled: false });
  expect((await state(who)).due_at).not.toBeNull();
  expect(await begin(who)).toMatchObject({ outcome: "charge", payment_id, resumed: true, enabled: false });
  await pay(who, payment_id);
  expect(await state(who)).toMatchObject({ due_at: null, below: null });
  await charged(who, 50);
  expect(await state(who)).toMatchObject({ due_at: null, below: null });
});
