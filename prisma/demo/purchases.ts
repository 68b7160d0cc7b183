/** The purchases of the demo's customers: a plan that fits their spending, and credit when it runs low. */
import pg from "pg";
import type { Catalogue, Plan } from "@/lib/catalogue/schema";
import { formatAmount } from "@/lib/kernel/money";
import { requestHash } from "@/lib/kernel/request-hash";
import { grant, setPayg } from "@/lib/ledger/index";
import type { Context } from "@/lib/platform/context";
import { env } from "@/lib/platform/env";

/** A month's plan should be used up before its end, so that the demo shows prepaid credit. */
const PLAN_SHARE = 60n;

/**
 * The largest plan that takes nothing off the standard prices and that the month's spend uses up. A discount would make
 * the demo's calls cost something else than the price list says.
 */
export function fittingPlan(catalogue: Catalogue, month: bigint): Plan | undefined {
  const fits = catalogue.plans.filter(({ discountPercent, free }) => discountPercent === 0 && !free);
  const largest = fits.filter(({ allowance }) => allowance <= (month * PLAN_SHARE) / 100n);
  return largest.at(-1) ?? fits[0];
}

/** No verb changes a plan yet, so the one that the catalogue starts by itself is ended by the owner of the database. */
async function endPlan(organizationId: string): Promise<void> {
  const owner = new pg.Client({ connectionString: env().DATABASE_URL });
  await owner.connect();
  try {
    await owner.query("SELECT set_config('tollgate.organization', $1, false)", [organizationId]);
    await owner.query("UPDATE subscription SET status = 'ended' WHERE organization_id = $1", [organizationId]);
  } finally {
    await owner.end();
  }
}

/** Starts the plan as one that renews by itself, because the demo has no invoices. */
export async function startPlan(ctx: Context, catalogue: Catalogue, plan: Plan): Promise<void> {
  if (catalogue.defaultPlan !== null) await endPlan(ctx.organizationId);
  await ctx.db.operator.query("SELECT ledger.subscribe($1, $2, $3, $4, $5, true, $6, 'demo', $7)", [
    ...[ctx.organizationId, ctx.now, plan.id, plan.allowance, plan.discountPercent, catalogue.payg.mode],
    requestHash({ plan: plan.id }),
  ]);
  if (catalogue.payg.mode === "toggle") await setPayg(ctx, { enabled: true, limit: null });
}

export type Offer = { credit: bigint; name: string };

/** Purchases for sale, from small to large; a catalogue that sells nothing gets one round sum. */
function offers({ packs, topUp, payment, unit }: Catalogue): Offer[] {
  if (packs.length > 0) return packs.map(({ credit, name }) => ({ credit, name: `Pack: ${name}` }));
  if (!topUp) return [{ credit: 100n * 10n ** BigInt(unit.scale), name: "Credit" }];
  const whole = 10n ** BigInt(payment.digits);
  return topUp.presetsMinor.map((minor) => ({
    credit: (minor * topUp.creditPerPayment) / whole,
    name: `Top-up of ${payment.symbol}${formatAmount(minor, payment.digits)}`,
  }));
}

/** The smallest offer of at least so much, else the largest. */
export function offerOf(catalogue: Catalogue, least: bigint): Offer {
  const all = offers(catalogue);
  return all.find(({ credit }) => credit >= least) ?? (all.at(-1) as Offer);
}

export async function buy(ctx: Context, { credit, name }: Offer): Promise<void> {
  const idempotencyKey = `demo:purchase:${ctx.now.getTime()}`;
  await grant(ctx, { amount: credit, kind: "purchased", reason: name, idempotencyKey });
}

export async function give(ctx: Context, amount: bigint, reason: string, days: number): Promise<void> {
  const expiresAt = new Date(ctx.now.getTime() + days * 86_400_000);
  await grant(ctx, {
    amount,
    kind: "promotional",
    reason,
    expiresAt,
    idempotencyKey: `demo:gift:${ctx.now.getTime()}`,
  });
}
