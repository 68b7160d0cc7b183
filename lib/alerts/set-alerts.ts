import { audited } from "@/lib/audit";
import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { formatAmount, parseAmount } from "@/lib/kernel/money";
import { mayRead, requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { type Rule, writeRule } from "./alert-store";
import type { SetAlerts } from "./schema";

/** Errors: validation_failed, naming the field. */
function thresholdOf(text: string, scale: number): bigint {
  const refuse = (message: string) => new TollgateError("validation_failed", message, { field: "threshold" });
  let amount: bigint;
  try {
    amount = parseAmount(text.replace(/^0+(?=\d)/, ""), scale);
  } catch (error) {
    throw error instanceof TollgateError ? refuse(`${error.message}.`) : error;
  }
  if (amount === 0n) throw refuse("Write an amount above zero, or leave the field empty.");
  return amount;
}

/**
 * Sets which mails the organization's owners and admins get about its balance: those about the catalogue's levels, and
 * one below a threshold (in the unit). A new rule is checked at once. Errors: forbidden, not_found, validation_failed
 * (threshold).
 */
export async function setAlerts(ctx: Context, { levels, threshold }: SetAlerts): Promise<void> {
  if (ctx.actor.type === "user") mayRead(ctx);
  requirePermission(ctx, "organization.update");
  const { scale } = currentCatalogue().catalogue.unit;
  const rule: Rule = {
    levels: levels === "on",
    threshold: threshold === undefined ? null : thresholdOf(threshold, scale),
  };
  const shown = (amount: bigint | null) => (amount === null ? null : formatAmount(amount, scale));
  await audited(ctx, async (client) => {
    const before = await writeRule(client, ctx, rule, ctx.actor.type === "user" ? ctx.actor.userId : null);
    const was = before && { ...before, threshold: shown(before.threshold === null ? null : BigInt(before.threshold)) };
    const after = { ...rule, threshold: shown(rule.threshold) };
    const changed = was?.levels !== after.levels || was.threshold !== after.threshold;
    const audit = { action: "alert.changed", object: { type: "alert" }, before: was, after } as const;
    return { answer: undefined, audit: changed ? audit : null };
  });
}
