import { currentCatalogue } from "@/lib/catalogue";
import { newId } from "@/lib/kernel/ids";
import { chargeCard, readPayment, settlePayment } from "@/lib/payments";
import { aboveOrganizations, type Context, type InstallationContext } from "@/lib/platform/context";
import { log } from "@/lib/platform/log";
import { purchaseOf } from "./auto-purchase";
import {
  type BegunCharge,
  beginCharge,
  cancelCharge,
  claimDue,
  postponeCharge,
  readAutoTopUpState,
} from "./auto-store";

/** Longer than the timeout of a provider's request, so that a second worker continues only if the first one died. */
const LEASE_SECONDS = 120;
const MOST = 8;
const FIRST_PAUSE_SECONDS = 60;
const LONGEST_PAUSE_SECONDS = 3_600;

type Charge = Extract<BegunCharge, { outcome: "charge" }>;

/** A minute, then twice as long each time, at most an hour. Changes nothing if the payment has ended. */
async function postpone(ctx: Context, at: Date | null, paymentId: string): Promise<void> {
  const tries = (await readPayment(ctx, paymentId))?.tries ?? 0;
  const pauseSeconds = Math.min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** Math.min(Math.max(tries - 1, 0), 10));
  await postponeCharge(ctx, at, { paymentId, pauseSeconds });
}

/** The transaction that ends the payment moves the rule. Only a missing response is handled here. */
async function charge(ctx: Context, at: Date | null, { paymentId, resumed, enabled }: Charge): Promise<string> {
  try {
    if (enabled) {
      const { outcome } = await chargeCard(ctx, { paymentId, returnUrl: null, ...(at && { at }) });
      if (outcome === "unknown" || outcome === "redirect") await postpone(ctx, at, paymentId);
      return outcome;
    }
    // The rule was switched off: read the result of the request that was sent, and send no new one.
    if (resumed) await settlePayment(ctx, paymentId);
    if (!(await cancelCharge(ctx, at, paymentId))) await postpone(ctx, at, paymentId);
    return "switched off";
  } catch (error) {
    log.warn({ err: (error as Error).message, payment: paymentId }, "an automatic payment did not end this time");
    await postpone(ctx, at, paymentId);
    return "failed";
  }
}

async function topUp(ctx: Context, at: Date | null): Promise<boolean> {
  const version = currentCatalogue();
  const { rule } = await readAutoTopUpState(ctx);
  if (!rule) return false;
  const begun = await beginCharge(ctx, at, {
    id: newId(at ?? ctx.now),
    amount: rule.amount,
    pack: rule.pack,
    purchase: purchaseOf(version, rule) ?? null,
    paidPlansOnly: version.catalogue.purchases === "paidPlansOnly",
  });
  if (begun.outcome !== "charge") return false;
  const outcome = await charge(ctx, at, begun);
  log.info({ organization: ctx.organizationId, payment: begun.paymentId, outcome }, "an automatic payment");
  return outcome === "succeeded";
}

/**
 * Buys credit for every organization whose auto top-up is due: each is checked again under its lock, gets at most one
 * payment, and that one is charged to its saved card until the provider has taken or refused it. Two processes may run
 * it at once. `at` is for tests, null is the database's clock. Returns how many organizations were checked.
 */
export async function runAutoTopUps(installation: InstallationContext, at: Date | null = null): Promise<number> {
  const ctx = aboveOrganizations(installation);
  const due = await claimDue(ctx, { now: at, leaseSeconds: LEASE_SECONDS, most: MOST });
  await Promise.all(
    due.map((organizationId) =>
      topUp({ ...ctx, organizationId }, at).catch((error: Error) =>
        log.warn({ err: error.message, organization: organizationId }, "auto top-up was not looked at this time"),
      ),
    ),
  );
  return due.length;
}
