import { audited } from "@/lib/audit";
import { currentCatalogue } from "@/lib/catalogue";
import { newId } from "@/lib/kernel/ids";
import type { Money } from "@/lib/kernel/minor-units";
import { requestHash } from "@/lib/kernel/request-hash";
import { openPayment } from "@/lib/payments";
import type { Context } from "@/lib/platform/context";
import { cyclesOf, type Plan, planTitle } from "./plan-catalogue";
import { freezeTerms } from "./plan-store";
import type { Interval } from "./schema";

type PlanPurchase = {
  plan: Plan;
  interval: Interval;
  money: Money;
  /** In minor units of the unit. */
  credit: bigint;
  key: string;
  /** A repeated request with the same key must be equal to this. */
  request: Record<string, unknown>;
};

/** Freezes the price, the credit and the terms, before the request to the provider. Returns the payment's UUID. */
export async function freezePlanPayment(ctx: Context, purchase: PlanPurchase): Promise<string> {
  const { plan, interval, money, credit, key, request } = purchase;
  const { version } = currentCatalogue();
  return audited(ctx, async (client) => {
    const { id, replayed } = await openPayment(client, ctx, {
      ...{ id: newId(ctx.now), purpose: "plan", ...money, plan: plan.id, interval, credit },
      ...{ description: planTitle(plan.name, interval), catalogueVersion: version, idempotencyKey: key },
      requestHash: requestHash({ plan: plan.id, interval, ...request }),
      createdBy: ctx.actor.type === "user" ? ctx.actor.userId : null,
    });
    const terms = { allowance: plan.allowance, discountPercent: plan.discountPercent, cycles: cyclesOf(interval) };
    if (!replayed) await freezeTerms(client, ctx, id, terms);
    const after = { plan: plan.id, interval, amount: money.amount.toString(), currency: money.currency };
    const audit = { action: "plan.chosen", object: { type: "subscription", name: plan.name }, after } as const;
    return { answer: id, audit: replayed ? null : audit };
  });
}
