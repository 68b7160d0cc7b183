import type { InstallationContext } from "@/lib/platform/context";
import { changeOrganization } from "@/lib/platform/db";
import { log } from "@/lib/platform/log";
import { applyClawback } from "../clawback/apply-clawback";
import { lockBalance, readReversedPlans } from "../clawback/clawback-store";
import { readUndecided } from "../disputes/dispute-store";
import { syncDispute } from "../disputes/sync-dispute";
import { readPayment } from "../payment/payment-store";
import { listProviderRefunds } from "./provider-refunds";
import { type Refund, readPending } from "./refund-store";
import { sendRefund } from "./send-refund";
import { syncRefunds } from "./sync-refunds";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MOST = 100;
// The requests end long before the key changes, so that no request with the old key is in flight.
const SILENT_MS = 10 * MINUTE_MS;

/**
 * The key of this moment's try, or null when only looking is allowed. A key stays for an hour, because the provider
 * replays its answer, a saved failure included, for the same key; a new one is only used after the list has shown
 * nothing.
 */
export function refundKey({ id, createdAt }: Pick<Refund, "id" | "createdAt">, now: Date): string | null {
  const age = Math.max(0, now.getTime() - createdAt.getTime());
  const hour = Math.floor(age / HOUR_MS);
  if (age - hour * HOUR_MS >= HOUR_MS - SILENT_MS) return null;
  return hour === 0 ? id : `${id}:${hour}`;
}

async function resolve(ctx: InstallationContext, row: Refund): Promise<void> {
  const { organizationId } = row;
  const payment = await readPayment({ db: ctx.db, organizationId }, row.paymentId);
  if (!payment?.intent) return;
  const providerRefunds = await listProviderRefunds(payment.intent);
  const atProvider = providerRefunds.some(({ ours, id }) => ours === row.id || id === row.refund);
  const key = refundKey(row, ctx.now);
  if (atProvider) await syncRefunds(ctx, payment.intent);
  else if (key !== null) await sendRefund({ ...ctx, organizationId }, row, payment.intent, key);
}

/** Works on each item. One that fails is logged, does not stop the others, and is tried again at the next run. */
async function tryEach<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<number> {
  let done = 0;
  for (const item of items) {
    try {
      await work(item);
      done += 1;
    } catch (error) {
      log.warn({ err: (error as Error).message }, "a refund or dispute was not looked at this time");
    }
  }
  return done;
}

/** Looks for refunds without a known result at the provider, and requests them again. Returns how many. */
export async function resolveRefunds(ctx: InstallationContext): Promise<number> {
  const until = new Date(ctx.now.getTime() - MINUTE_MS);
  const waiting = await readPending(ctx.db, { known: false, until, most: MOST });
  return tryEach(waiting, (row) => resolve(ctx, row));
}

async function applyPlanClawback(
  ctx: InstallationContext,
  { organizationId, id }: { organizationId: string; id: string },
) {
  const own = { ...ctx, organizationId };
  await changeOrganization(ctx.db, organizationId, async (client) => {
    if (!(await lockBalance(client, own))) return;
    await applyClawback(client, own, { paymentId: id, onlyFree: false, description: "Plan refunded or disputed" });
  });
}

/**
 * Checks refunds and disputes that are pending at the provider, in case an event was lost, and the started cycles of a
 * refunded or disputed year. Returns how many.
 */
export async function reconcileReversals(ctx: InstallationContext): Promise<number> {
  const waiting = await readPending(ctx.db, { known: true, until: ctx.now, most: MOST });
  const refunds = await tryEach(waiting, (row) => resolve(ctx, row));
  const disputes = await tryEach(await readUndecided(ctx.db, MOST), (id) => syncDispute(ctx, id));
  const plans = await tryEach(await readReversedPlans(ctx.db, MOST), (payment) => applyPlanClawback(ctx, payment));
  return refunds + disputes + plans;
}
