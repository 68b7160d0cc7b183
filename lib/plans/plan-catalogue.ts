/** The live catalogue's plans: by id, with their titles, prices and offers. */
import { currentCatalogue } from "@/lib/catalogue";
import type { Catalogue } from "@/lib/catalogue/schema";
import { TollgateError } from "@/lib/kernel/errors";
import type { Money } from "@/lib/kernel/minor-units";
import type { PlanOffer } from "@/lib/payments";
import type { Interval } from "./schema";

export type Plan = Catalogue["plans"][number];

export const cyclesOf = (interval: Interval) => (interval === "year" ? 12 : 1);

/** "Pro, monthly" */
export function planTitle(name: string, interval: Interval): string {
  return `${name}, ${interval === "year" ? "yearly" : "monthly"}`;
}

/** Errors: validation_failed. */
export function requirePlan(id: string): Plan {
  const plan = currentCatalogue().catalogue.planIndex.get(id);
  if (!plan) throw new TollgateError("validation_failed", "There is no such plan.", { field: "plan" });
  return plan;
}

/** What it costs. Errors: validation_failed when it is not sold so. */
export function priceOf(plan: Plan, interval: Interval): Money {
  const { currency } = currentCatalogue().catalogue.payment;
  const amount = interval === "year" ? plan.yearlyMinor : plan.monthlyMinor;
  if (plan.free || amount === null) {
    const message = `${plan.name} is not sold by the ${interval}.`;
    throw new TollgateError("validation_failed", message, { field: "interval" });
  }
  return { amount, currency };
}

/** Errors: validation_failed. */
export function offerOf(plan: Plan, interval: Interval): PlanOffer {
  const { catalogue } = currentCatalogue();
  const name = `${catalogue.operator.name} ${plan.name}`;
  return { catalogue: catalogue.name, plan: plan.id, name, interval, money: priceOf(plan, interval) };
}

/** The free plan that follows one that ends; null when the catalogue has none. */
export function fallbackPlan(): Plan | null {
  const { catalogue } = currentCatalogue();
  return (catalogue.defaultPlan && catalogue.planIndex.get(catalogue.defaultPlan)) || null;
}
