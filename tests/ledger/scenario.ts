/** A ledger in which everything has happened once: what the checks must find sound, and the corruptions begin from. */
import { setTimeout as sleep } from "node:timers/promises";
import { createKey, createOrganization } from "@/lib/accounts";
import { charge, expireHolds, hold, refund, release, settle } from "@/lib/gate";
import { parseOrganizationId, parsePublicId } from "@/lib/kernel/ids";
import { grant, setPayg, subscribe } from "@/lib/ledger";
import type { Context, InstallationContext } from "@/lib/platform/context";
import { ownerRows } from "../fixtures/ledger";
import { recordDispute, recordPlanMonth, recordRefund, recordTopUp } from "../fixtures/recorded-payment";

const DOLLAR = 1_000_000_000n;
export const tokens = (input: number, output: number) => ({
  input_token: BigInt(input),
  output_token: BigInt(output),
});

async function customer(ctx: InstallationContext, name: string) {
  const { id, organizationId } = await createOrganization(ctx, { name, timeZone: "Asia/Kathmandu" });
  const own: Context = { ...ctx, organizationId };
  const { id: keyId, key } = await createKey(own, {
    name: "server",
    limits: { day: 100n * DOLLAR, total: 500n * DOLLAR },
  });
  return { own, organization: id, key, keyId: parsePublicId(keyId, "key")?.id as string };
}

/** One who buys: a refunded and disputed top-up, an automatic one, and a plan that is paid for. */
async function fillPayments(ctx: InstallationContext) {
  const { id, organizationId } = await createOrganization(ctx, { name: "Buyer" });
  const who = { id, organizationId, ctx: { ...ctx, organizationId } };
  const topUp = await recordTopUp(who, { amount: 2_000n, credit: 20n * DOLLAR });
  await recordRefund(who, topUp, 500n);
  await recordRefund(who, topUp, 100n, { state: "pending" });
  await recordDispute(who, topUp, "open", 300n);
  await ownerRows("SELECT ledger.resume_charges($1, NULL, NULL)", [organizationId]);
  await ownerRows("SELECT ledger.set_auto_top_up($1, NULL, true, $2, 1000, NULL, NULL, 2000, NULL)", [
    organizationId,
    5n * DOLLAR,
  ]);
  const later = { ...who, ctx: { ...who.ctx, now: new Date() } };
  const automatic = await recordTopUp(later, { amount: 1_000n, credit: 10n * DOLLAR, purpose: "auto_top_up" });
  const plan = await recordPlanMonth(later, "pro", 50n * DOLLAR);
  return { organizationId, topUp, automatic, plan };
}

/** One customer with a plan, PAYG and a limited key; one who only pays as they go; one who buys. */
export async function fillLedger(ctx: InstallationContext) {
  const planned = await customer(ctx, "Planned");
  await subscribe(planned.own, { plan: "pro", idempotencyKey: "p" });
  await setPayg(planned.own, { enabled: true, limit: 50n * DOLLAR });
  await grant(planned.own, { amount: 30n * DOLLAR, kind: "purchased", reason: "top-up", idempotencyKey: "g1" });
  await grant(planned.own, { amount: 5n * DOLLAR, reason: "goodwill", idempotencyKey: "g2", expiresAt: soon() });
  const call = { key: planned.key, endpoint: "chat", model: "gpt-4o", tags: { project: "atlas", run: "r1" } };
  // 48 of the plan's 50 at a fifth less, then a call that the plan and the prepaid credit pay together.
  await charge(ctx, { ...call, quantities: tokens(24_000_000, 0), idempotencyKey: "c1" });
  const hybrid = await hold(ctx, { ...call, quantities: tokens(2_000_000, 300_000), idempotencyKey: "h1" });
  await settle(ctx, { id: hybrid.id, quantities: tokens(2_000_000, 100_000), idempotencyKey: "s1" });
  await refund(ctx, { id: hybrid.id, amount: "0.5", reason: "slow", idempotencyKey: "r1" });
  const failed = await hold(ctx, { ...call, quantities: tokens(10_000, 10_000), idempotencyKey: "h2" });
  await release(ctx, { id: failed.id, idempotencyKey: "rel" });
  const whole = await charge(ctx, { ...call, quantities: tokens(1_000, 500), idempotencyKey: "c2" });
  await refund(ctx, { id: whole.id, reason: "wrong", idempotencyKey: "r2" });
  await hold(ctx, { ...call, quantities: tokens(500_000, 1_000), idempotencyKey: "open", expiresIn: 3600 });
  const late = await hold(ctx, { ...call, quantities: tokens(1_000, 1_000), idempotencyKey: "h3", expiresIn: 1 });
  await sleep(1_100);
  await expireHolds(ctx);

  const simple = await customer(ctx, "Simple");
  await grant(simple.own, { amount: 10n * DOLLAR, kind: "purchased", reason: "top-up", idempotencyKey: "g1" });
  const plain = { organization: simple.organization, endpoint: "chat", model: "gpt-4o-mini" };
  for (let i = 0; i < 5; i += 1) {
    const { id } = await hold(ctx, { ...plain, quantities: tokens(1_000 + i, 500), idempotencyKey: `h${i}` });
    await settle(ctx, { id, quantities: tokens(1_000 + i, 100 * i), idempotencyKey: `s${i}` });
  }
  await charge(ctx, { ...plain, quantities: tokens(0, 0), idempotencyKey: "free" });
  await charge(ctx, {
    ...plain,
    quantities: tokens(700, 20),
    occurredAt: new Date(Date.now() - 20 * 86_400_000),
    idempotencyKey: "reported",
  });
  return {
    paying: await fillPayments(ctx),
    planned: { organizationId: planned.own.organizationId, keyId: planned.keyId, key: planned.key },
    simple: {
      organizationId: parseOrganizationId(simple.organization) as string,
      keyId: simple.keyId,
      key: simple.key,
    },
    hybrid: parsePublicId(hybrid.id, "hold")?.id as string,
    expired: parsePublicId(late.id, "hold")?.id as string,
  };
}

const soon = () => new Date(Date.now() + 86_400_000);
