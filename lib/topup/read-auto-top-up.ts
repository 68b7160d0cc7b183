import { currentCatalogue } from "@/lib/catalogue";
import type { Catalogue } from "@/lib/catalogue/schema";
import { formatMinor } from "@/lib/kernel/minor-units";
import { formatAmount } from "@/lib/kernel/money";
import { autoTopUpState } from "@/lib/ledger";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { purchaseOf } from "./auto-purchase";
import type { AutoTopUpAnswer, AutoTopUpOffer } from "./auto-schema";
import { type RuleState, readAutoTopUpState } from "./auto-store";

type Version = ReturnType<typeof currentCatalogue>;

function standingOf(rule: RuleState): Pick<AutoTopUpAnswer, "state" | "reason" | "until"> {
  const standing = autoTopUpState({ ...rule, due: rule.dueAt !== null });
  return { ...standing, until: standing.state === "waiting" ? (rule.dueAt?.toISOString() ?? null) : null };
}

function ruleAnswer(version: Version, rule: RuleState): NonNullable<AutoTopUpAnswer["rule"]> {
  const { unit, payment, packs } = version.catalogue;
  const purchase = purchaseOf(version, rule);
  const pack = packs.find(({ id }) => id === rule.pack);
  return {
    threshold: formatAmount(rule.threshold, unit.scale),
    purchase: purchase
      ? {
          price: { amount: `${purchase.amount}`, currency: purchase.currency },
          credit: formatAmount(purchase.credit, unit.scale),
          pack: pack ? { id: pack.id, name: pack.name } : null,
        }
      : null,
    amount: rule.amount === null ? null : formatMinor(rule.amount, payment.digits),
    pack: rule.pack,
    paymentMethod: rule.paymentMethod,
    monthlyCap: rule.monthlyCap === null ? null : { amount: `${rule.monthlyCap}`, currency: payment.currency },
    capText: rule.monthlyCap === null ? null : formatMinor(rule.monthlyCap, payment.digits),
  };
}

/** The rule, its state and the month's charges. Errors: not_found. */
export async function readAutoTopUp(ctx: Context): Promise<AutoTopUpAnswer> {
  mayRead(ctx);
  const version = currentCatalogue();
  const { unit, payment } = version.catalogue;
  const { rule, level, charged, monthEndsAt } = await readAutoTopUpState(ctx);
  return {
    enabled: rule?.enabled ?? false,
    ...(rule ? standingOf(rule) : { state: "off", reason: null, until: null }),
    rule: rule && ruleAnswer(version, rule),
    level: formatAmount(level, unit.scale),
    month: { charged: { amount: `${charged}`, currency: payment.currency }, endsAt: monthEndsAt.toISOString() },
  };
}

/** The choices for a rule; null if the catalogue has no auto top-up. */
export function autoTopUpOffer({
  payment,
  autoTopUp,
  topUp,
  packs,
  unit,
  purchases,
}: Catalogue): AutoTopUpOffer | null {
  if (!autoTopUp) return null;
  const money = (minor: bigint) => formatMinor(minor, payment.digits);
  const amount = (steps: bigint) => formatAmount(steps, unit.scale);
  return {
    by: autoTopUp.by,
    currency: { code: payment.currency, digits: payment.digits, symbol: payment.symbol },
    least: topUp && money(topUp.minimumMinor),
    most: topUp && money(topUp.maximumMinor),
    packs: packs.map(({ id, name, priceMinor, credit, note }) => ({
      ...{ id, name, note },
      price: money(priceMinor),
      credit: amount(credit),
    })),
    presets: autoTopUp.presets.map(({ name, threshold, amountMinor, pack }) => ({
      ...{ name, pack },
      threshold: amount(threshold),
      amount: amountMinor === null ? null : money(amountMinor),
    })),
    monthlyCap: autoTopUp.monthlyCapMinor === null ? null : money(autoTopUp.monthlyCapMinor),
    paidPlansOnly: purchases === "paidPlansOnly",
  };
}
