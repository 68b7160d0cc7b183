import { audited } from "@/lib/audit";
import { currentCatalogue } from "@/lib/catalogue";
import type { Catalogue } from "@/lib/catalogue/schema";
import { TollgateError } from "@/lib/kernel/errors";
import { formatMinor, parseCharge, parseMinor } from "@/lib/kernel/minor-units";
import { formatAmount, parseAmount } from "@/lib/kernel/money";
import { requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { purchaseOf } from "./auto-purchase";
import type { SetAutoTopUp } from "./auto-schema";
import { hasCard, type Rule, type RuleBefore, readAutoTopUpState, writeRule } from "./auto-store";

function refuse(field: string, message: string): never {
  throw new TollgateError("validation_failed", message, { field });
}

/** Reads one field. Errors: validation_failed, naming it. */
function read(field: string, text: string, parse: (text: string) => bigint): bigint {
  try {
    return parse(text.replace(/^0+(?=\d)/, ""));
  } catch (error) {
    if (!(error instanceof TollgateError)) throw error;
    return refuse(field, `${error.message}.`);
  }
}

function ruleOf(catalogue: Catalogue, input: SetAutoTopUp): Rule {
  const { payment } = catalogue;
  const threshold = read("threshold", input.threshold, (text) => parseAmount(text, catalogue.unit.scale));
  return {
    enabled: true,
    threshold,
    amount: input.amount === undefined ? null : read("amount", input.amount, (text) => parseCharge(text, payment)),
    pack: input.pack ?? null,
    paymentMethod: input.paymentMethod ?? null,
    monthlyCap:
      input.monthlyCap === undefined
        ? null
        : read("monthlyCap", input.monthlyCap, (text) => parseMinor(text, payment.digits)),
  };
}

/** The purchase must be sold, add at least the threshold, so that one purchase is enough, and fit under the cap. */
function checkPurchase(version: ReturnType<typeof currentCatalogue>, rule: Rule): void {
  const { payment, topUp, autoTopUp } = version.catalogue;
  const money = (minor: bigint) => `${payment.symbol}${formatMinor(minor, payment.digits)}`;
  const field = autoTopUp?.by === "pack" ? "pack" : "amount";
  if ((rule.amount === null) === (rule.pack === null) || rule[field] === null) refuse(field, "Choose what is bought.");
  const purchase = purchaseOf(version, rule);
  if (!purchase && field === "amount" && topUp) {
    refuse("amount", `Choose an amount from ${money(topUp.minimumMinor)} to ${money(topUp.maximumMinor)}.`);
  }
  if (!purchase) refuse(field, "This pack is not sold. Choose another pack.");
  if (purchase.credit < rule.threshold) {
    refuse("threshold", "One purchase adds less credit than this. Lower the threshold, or buy more each time.");
  }
  if (rule.monthlyCap !== null && rule.monthlyCap < purchase.amount) {
    refuse("monthlyCap", `One purchase costs ${money(purchase.amount)}, which is more than the limit allows.`);
  }
}

type Numbers = "threshold" | "amount" | "monthlyCap";
type RuleFields = Record<Numbers, bigint | string | null> & Record<string, unknown>;

function auditFields({ threshold, amount, monthlyCap, ...rest }: RuleFields) {
  const { unit, payment } = currentCatalogue().catalogue;
  const money = (minor: bigint | string | null) =>
    minor === null ? null : `${formatMinor(BigInt(minor), payment.digits)} ${payment.currency}`;
  const steps = formatAmount(BigInt(threshold ?? 0), unit.scale);
  return { ...rest, threshold: steps, amount: money(amount), monthlyCap: money(monthlyCap) };
}

function auditOf(before: RuleBefore | null, rule: Rule) {
  const object = { type: "auto_top_up" } as const;
  return {
    action: "auto_top_up.changed",
    object,
    before: before && auditFields(before),
    after: auditFields(rule),
  } as const;
}

/**
 * Switches auto top-up on, or changes its rule: below the threshold (in the unit), the saved card buys the amount or
 * the pack, within the cap of a calendar month. The rule is checked immediately. A suspended rule waits for another card.
 * Errors: forbidden, not_found, conflict (the catalogue has no auto top-up; only paid plans may buy),
 * validation_failed (with its field).
 */
export async function setAutoTopUp(ctx: Context, input: SetAutoTopUp): Promise<void> {
  requirePermission(ctx, "billing.manage");
  const version = currentCatalogue();
  const { autoTopUp, purchases, labels } = version.catalogue;
  if (!autoTopUp) throw new TollgateError("conflict", `${labels.autoTopUp} is not available.`);
  const rule = ruleOf(version.catalogue, input);
  checkPurchase(version, rule);
  const { paidPlan } = await readAutoTopUpState(ctx);
  if (purchases === "paidPlansOnly" && !paidPlan) {
    throw new TollgateError("conflict", "Only organizations on a paid plan can buy credit. Choose a plan first.");
  }
  if (!(await hasCard(ctx, rule.paymentMethod))) {
    refuse("paymentMethod", rule.paymentMethod ? "This card is not saved. Choose another card." : "Save a card first.");
  }
  await audited(ctx, async (client) => {
    const before = await writeRule(client, ctx, rule);
    return { answer: undefined, audit: auditOf(before, rule) };
  });
}

/**
 * Switches auto top-up off and keeps its rule. It does not stop a request that the provider already has.
 * Errors: forbidden, not_found, conflict (there is no rule).
 */
export async function switchOffAutoTopUp(ctx: Context): Promise<void> {
  requirePermission(ctx, "billing.manage");
  const { rule } = await readAutoTopUpState(ctx);
  if (!rule) throw new TollgateError("conflict", `${currentCatalogue().catalogue.labels.autoTopUp} is off.`);
  const { threshold, amount, pack, paymentMethod, monthlyCap } = rule;
  const off: Rule = { enabled: false, threshold, amount, pack, paymentMethod, monthlyCap };
  await audited(ctx, async (client) => {
    const before = await writeRule(client, ctx, off);
    return { answer: undefined, audit: before?.enabled ? auditOf(before, off) : null };
  });
}
