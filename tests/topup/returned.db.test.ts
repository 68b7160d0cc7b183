/** What goes back to the payer is followed by no automatic charge: refunds, disputes, and who allows charges again. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { eventHandlers } from "@/lib/adapters/webhook/handlers";
import { charge } from "@/lib/gate";
import { newId, publicId } from "@/lib/kernel/ids";
import { balance, verifyLedger } from "@/lib/ledger";
import {
  applyNextEvent,
  chargeSuspension,
  listDisputes,
  receiveEvent,
  refundPayment,
  resumeCharges,
  syncDispute,
} from "@/lib/payments";
import type { InstallationContext } from "@/lib/platform/context";
import { mailNotices, readAutoTopUp, runAutoTopUps, setAutoTopUp, switchOffAutoTopUp } from "@/lib/topup";
import { spend } from "../fixtures/call";
import { autoTopUpCatalogue, installation } from "../fixtures/catalogue";
import { ownerRows } from "../fixtures/ledger";
import { atNow, memberOf, type Organization, organization } from "../fixtures/organization";
import { intentsOf, makeClientImpatient, saveCard } from "../fixtures/payment";
import { localStripe } from "../fixtures/sandbox";

const local = await localStripe();
makeClientImpatient(local);
const { test, stripe } = local;
const ctx = await installation(autoTopUpCatalogue());
beforeAll(async () => {
  test.onWebhook(async (request) => {
    const signature = request.headers.get("stripe-signature");
    await receiveEvent(job(), { body: await request.text(), signature });
    return new Response();
  });
});
beforeEach(async () => {
  await test.noFaults();
  // What was told of other tests' customers is not applied here.
  await test.delivered();
  await ownerRows("DELETE FROM webhook_event");
});

const job = (now = new Date()): InstallationContext => ({ actor: { type: "job" }, now, db: ctx.db });
const run = () => runAutoTopUps(job());
const spent = (who: Organization, credits: number) => charge(ctx, { ...spend(who, credits), idempotencyKey: newId() });
const RULE = { threshold: "20", amount: "50" };
const at = <T extends object>(of: T) => ({ ...of, now: new Date() });

async function apply(): Promise<void> {
  await test.delivered();
  while ((await applyNextEvent(job(), eventHandlers)) !== "none");
}

type Buyer = Organization & { owner: Awaited<ReturnType<typeof memberOf>> };

/** Below 20, buy 50 with the saved card: that has bought once, so 60 are there. */
async function buyer() {
  const who = await organization(ctx, { credit: 10n });
  const owner = await memberOf(who, "owner");
  await saveCard(local, who, "4242424242424242");
  await setAutoTopUp(at(owner), RULE);
  await run();
  const [intent] = await intentsOf(local, who);
  const [row] = await ownerRows<{ id: string }>("SELECT id FROM payment WHERE organization_id = $1", [
    who.organizationId,
  ]);
  const payment = publicId("pay", who.organizationId, row?.id ?? "");
  expect(await charges(who)).toBe(1);
  return { ...who, owner, intent: intent?.id ?? "", payment };
}

const charges = async (who: Organization) => (await intentsOf(local, who)).length;
const standing = (who: Organization) => readAutoTopUp(atNow(who));

async function mailsTo(address: string, organizationId: string | null = null) {
  await mailNotices(job());
  const rows = await ownerRows<{ subject: string; text: string }>(
    "SELECT subject, text FROM mail WHERE recipient = $1 AND ($2::text IS NULL OR text LIKE '%' || $2 || '%') ORDER BY created_at, id",
    [address, organizationId],
  );
  return rows;
}
async function addressOf({ owner }: Buyer): Promise<string> {
  const [row] = await ownerRows<{ email: string }>('SELECT email FROM "user" WHERE id = $1', [owner.actor.userId]);
  return row?.email ?? "";
}

describe("a refund", () => {
  const ways = {
    "by the operator": ({ ctx: own, payment }: Awaited<ReturnType<typeof buyer>>) =>
      refundPayment(own, { payment, reason: "asked for" }),
    "in the provider's dashboard": ({ intent }: Awaited<ReturnType<typeof buyer>>) =>
      stripe.refunds.create({ payment_intent: intent }),
  };

  it.each(Object.entries(ways))(
    "is followed by no charge when it leaves credit below the threshold, even when more is spent: %s",
    async (_, refund) => {
      const who = await buyer();
      await refund(who);
      await apply();
      await run();
      expect(await standing(who)).toMatchObject({ state: "waiting", reason: "returned", level: "10", until: null });
      await spent(who, 1);
      await run();
      expect(await charges(who)).toBe(1);
      const told = (await mailsTo(await addressOf(who))).map(({ subject }) => subject);
      expect(told).toEqual(["Auto top-up waits after a refund"]);
    },
  );

  it("lets auto top-up continue when the rule is saved, or when credit is above the threshold again", async () => {
    const saves = await buyer();
    await refundPayment(saves.ctx, { payment: saves.payment, reason: "asked for" });
    await setAutoTopUp(at(saves.owner), RULE);
    await run();
    expect(await charges(saves)).toBe(2);
    const buys = await buyer();
    await refundPayment(buys.ctx, { payment: buys.payment, reason: "asked for" });
    await ownerRows(
      "SELECT ledger.give($1, clock_timestamp(), 'grant', 'purchased', 30, 0, NULL, 'grant', 'x', NULL, 'x', 'x', $1, 'x')",
      [buys.organizationId],
    );
    await run();
    expect(await charges(buys)).toBe(1);
    expect(await standing(buys)).toMatchObject({ state: "ready", level: "40" });
    await spent(buys, 25);
    await run();
    expect(await charges(buys)).toBe(2);
  });

  it("changes nothing while credit stays above the threshold", async () => {
    const who = await buyer();
    await refundPayment(who.ctx, { payment: who.payment, amount: 500n, reason: "goodwill" });
    expect(await standing(who)).toMatchObject({ state: "ready", level: "55" });
  });

  it("makes auto top-up wait although a reached cap or a missing card would have ended by itself", async () => {
    const who = await buyer();
    await setAutoTopUp(at(who.owner), { ...RULE, monthlyCap: "60" });
    await spent(who, 45);
    await run();
    expect(await standing(who)).toMatchObject({ reason: "capped" });
    await refundPayment(who.ctx, { payment: who.payment, reason: "asked for" });
    expect(await standing(who)).toMatchObject({ reason: "returned", until: null });
    await saveCard(local, who, "5555555555554444");
    await runAutoTopUps(job(), new Date(Date.now() + 40 * 86_400_000));
    expect(await charges(who)).toBe(1);
  });
});

describe("a dispute", () => {
  it.each([{ inquiry: false }, { inquiry: true }])(
    "stops every automatic charge when it opens, and tells owners and the operator once: %o",
    async (how) => {
      const who = await buyer();
      const dispute = await test.dispute(who.intent, how);
      await apply();
      await syncDispute(job(), dispute.id);
      await spent(who, how.inquiry ? 50 : 5);
      await run();
      expect(await charges(who)).toBe(1);
      expect(await standing(who)).toMatchObject({ state: "waiting", reason: "disputed", until: null });
      expect((await balance(atNow(who))).autoTopUp).toMatchObject({ state: "waiting", reason: "disputed" });
      expect(await chargeSuspension(atNow(who))).toMatchObject({ since: expect.any(String) });
      const owners = await mailsTo(await addressOf(who));
      expect(owners.map(({ subject }) => subject)).toEqual(["A payment is disputed: automatic charges are stopped"]);
      expect(owners[0]?.text).toContain("50.00 EUR for Auto top-up: €50.00");
      const support = await mailsTo("support@calls.example", who.payment);
      expect(support.map(({ subject }) => subject)).toEqual(["A payment is disputed"]);
      const listed = await listDisputes(job(), { states: ["open", "inquiry"], organizationId: who.organizationId });
      expect(listed).toMatchObject([{ payment: who.payment, suspendedSince: expect.any(String) }]);
    },
  );

  it("comes before the charge when auto top-up is due, or has begun and not yet sent its request", async () => {
    const due = await buyer();
    await spent(due, 45);
    await test.dispute(due.intent);
    await apply();
    await run();
    expect(await charges(due)).toBe(1);
    const begun = await buyer();
    await spent(begun, 45);
    await ownerRows("SELECT ledger.begin_auto_top_up($1, NULL, $2, 5000, NULL, 5000, 'EUR', 50, 'Credits', 1, false)", [
      begun.organizationId,
      newId(),
    ]);
    await test.dispute(begun.intent);
    await apply();
    await run();
    await run();
    expect(await charges(begun)).toBe(1);
    const payments = await ownerRows<{ state: string; failure_message: string | null }>(
      "SELECT state, failure_message FROM payment WHERE organization_id = $1 ORDER BY created_at",
      [begun.organizationId],
    );
    expect(payments[1]).toEqual({
      state: "canceled",
      failure_message: "Another payment was disputed before the card was charged.",
    });
  });

  it("lets nothing be charged after its end, won or lost, before an owner allows it, whom the audit log names", async () => {
    const who = await buyer();
    const dispute = await test.dispute(who.intent);
    await apply();
    await test.endDispute(dispute.id, "won");
    await apply();
    await spent(who, 45);
    await run();
    expect(await charges(who)).toBe(1);
    for (const role of ["admin", "developer", "viewer"] as const)
      await expect(resumeCharges(at(await memberOf(who, role)))).rejects.toMatchObject({ code: "forbidden" });
    await expect(resumeCharges(at(who.ctx))).rejects.toMatchObject({ code: "forbidden" });
    await expect(resumeCharges(at((await buyer()).owner))).rejects.toMatchObject({ code: "conflict" });
    await resumeCharges(at(who.owner));
    await run();
    expect(await charges(who)).toBe(2);
    expect(await chargeSuspension(atNow(who))).toBeNull();
    const log = await ownerRows<{ action: string; actor_id: string | null }>(
      "SELECT action, actor_id FROM audit_entry WHERE organization_id = $1 AND action LIKE 'charges.%' ORDER BY at",
      [who.organizationId],
    );
    expect(log).toEqual([
      { action: "charges.suspended", actor_id: null },
      { action: "charges.resumed", actor_id: who.owner.actor.userId },
    ]);
  });

  it("stops charges again when it is lost after an owner had allowed them", async () => {
    const who = await buyer();
    const dispute = await test.dispute(who.intent);
    await apply();
    await resumeCharges(at(who.owner));
    await switchOffAutoTopUp(at(who.owner));
    await test.endDispute(dispute.id, "lost");
    await apply();
    expect(await chargeSuspension(atNow(who))).not.toBeNull();
    await setAutoTopUp(at(who.owner), RULE);
    await run();
    expect(await charges(who)).toBe(1);
    await resumeCharges(at(who.owner));
    await syncDispute(job(), dispute.id);
    expect(await chargeSuspension(atNow(who))).toBeNull();
    await run();
    expect(await charges(who)).toBe(2);
  });
});

it("leaves a ledger in which every invariant holds", async () => {
  const checks = await verifyLedger({ ...ctx, actor: { type: "operator" } });
  expect(checks.filter(({ rows }) => rows.length > 0)).toEqual([]);
});
