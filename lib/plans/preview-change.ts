import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import type { Money } from "@/lib/kernel/minor-units";
import { formatAmount } from "@/lib/kernel/money";
import { ensurePlanPrice, type ProviderSubscription, previewSubscription, readSubscription } from "@/lib/payments";
import { requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { offerOf, type Plan, priceOf, requirePlan } from "./plan-catalogue";
import { changeCredit, changeKind, creditStart } from "./plan-change";
import { countUsed, type RunningPlan, readAllowance, readRunningPlan } from "./plan-read-store";
import { requireCharges } from "./require-charges";
import type { ChangeKind, ChangePreview, Interval, PreviewChange } from "./schema";

export type PlannedChange = {
  kind: ChangeKind;
  plan: Plan;
  interval: Interval;
  running: RunningPlan & { providerId: string };
  provider: ProviderSubscription;
  /** The provider's price. */
  price: string;
  charged: Money;
  credit: { now: bigint; all: bigint };
  at: Date;
  /** The moment from which the rest of the old period is credited. */
  creditFrom: Date;
};

/** The share of a period's allowance that may be spent between the preview and the change. */
const TOLERANCE = 100;

/**
 * A new period is charged minus the rest of the old one. The shown price holds while hardly anything is spent.
 * Errors: conflict.
 */
async function creditFromOf(ctx: Context, provider: ProviderSubscription, at: Date, shown: Date | null): Promise<Date> {
  const period = { start: provider.periodStart, end: provider.periodEnd };
  const own = creditStart(period, await readAllowance(ctx), at);
  if (shown === null) return own;
  const late = own.getTime() - shown.getTime();
  if (late > (period.end.getTime() - period.start.getTime()) / TOLERANCE || shown < at || shown > period.end) {
    throw new TollgateError("conflict", "The price has changed. Check the new price, then change the plan.");
  }
  return shown;
}

const shown = ({ amount, currency }: Money) => ({ amount: amount.toString(), currency });

/** Loads the facts of a change and asks the provider for the charge. Errors: those of the two verbs that call it. */
export async function planChange(
  ctx: Context,
  wish: PreviewChange,
  at: Date,
  shown: Date | null = null,
): Promise<PlannedChange> {
  const plan = requirePlan(wish.plan);
  const running = await readRunningPlan(ctx);
  const { providerId } = running ?? {};
  if (!running || running.free) throw new TollgateError("conflict", "You have no paid plan. Choose one first.");
  if (!providerId) {
    const { support } = currentCatalogue().catalogue.operator;
    throw new TollgateError("conflict", `Support set up this plan for you. Contact ${support} to change it.`);
  }
  await requireCharges(ctx);
  const { interval } = wish;
  const kind = changeKind(running, currentCatalogue().catalogue.planIndex.get(running.plan), { plan, interval });
  const provider = await readSubscription(providerId);
  if (!provider) throw new TollgateError("conflict", "The payment provider has ended this plan. Reload the page.");
  // Otherwise a paid invoice of the old price and period would count as one of the new.
  if (provider.owing) {
    throw new TollgateError("conflict", "The invoice of the new period is unpaid. Pay it, then change the plan.");
  }
  const price = await ensurePlanPrice(offerOf(plan, interval));
  const free: Money = { amount: 0n, currency: priceOf(plan, interval).currency };
  const charges = kind === "upgrade" || kind === "restart";
  const creditFrom = kind === "restart" ? await creditFromOf(ctx, provider, at, shown) : at;
  const change = { subscription: providerId, item: provider.item, price, prorationDate: creditFrom };
  const charged = charges ? await previewSubscription(change) : free;
  const credit = changeCredit(kind, running, { plan, interval }, at);
  return {
    kind,
    plan,
    interval,
    running: { ...running, providerId },
    provider,
    price,
    charged,
    credit,
    at,
    creditFrom,
  };
}

/**
 * Previews a change of plan: its effect and its exact charge. Nothing changes.
 * Errors: forbidden, validation_failed (no such plan), conflict (with what to do instead), upstream_failed.
 */
export async function previewChange(ctx: Context, input: PreviewChange): Promise<ChangePreview> {
  requirePermission(ctx, "billing.manage");
  // The provider counts in seconds.
  const at = new Date(Math.floor(ctx.now.getTime() / 1000) * 1000);
  const [change, used] = await Promise.all([planChange(ctx, input, at), countUsed(ctx)]);
  const { kind, plan, interval, running, charged, credit } = change;
  const { scale } = currentCatalogue().catalogue.unit;
  const now = kind === "upgrade" || kind === "restart";
  const over = (["members", "keys"] as const).flatMap((limit) => {
    const most = plan.limits[limit];
    return most !== undefined && used[limit] > most ? [{ limit, used: used[limit], most }] : [];
  });
  return {
    kind,
    plan: plan.id,
    name: plan.name,
    interval,
    charged: shown(charged),
    added: formatAmount(credit.now, scale),
    allowance: formatAmount(plan.allowance, scale),
    price: shown(priceOf(plan, interval)),
    from: (now ? at : running.paidUntil).toISOString(),
    at: at.toISOString(),
    creditFrom: change.creditFrom.toISOString(),
    over,
  };
}
