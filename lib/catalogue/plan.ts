/** The changes from the live catalogue to another. Pure, returned as data. */
import { TollgateError } from "@/lib/kernel/errors";
import { formatAmount, multiplyDivide } from "@/lib/kernel/money";
import type { Catalogue, Change, Component, Price } from "./compiled";
import { conditionText } from "./conditions";
import { WEEKDAYS } from "./price-file";

type Fields = Map<string, { text: string; rate?: readonly [amount: bigint, per: bigint] }>;

const TENTHS_OF_A_PERCENT = 1000n;

function percentBetween(
  from: readonly [bigint, bigint] | undefined,
  to: readonly [bigint, bigint] | undefined,
): string | null {
  if (!from || !to || from[0] === 0n) return null;
  const base = from[0] * to[1];
  const change = multiplyDivide(to[0] * from[1] - base, TENTHS_OF_A_PERCENT, base);
  return `${change > 0n ? "+" : ""}${formatAmount(change, 1)}%`;
}

function diffFields(area: Change["area"], name: string, from: Fields, to: Fields): Change[] {
  const changes: Change[] = [];
  for (const what of new Set([...from.keys(), ...to.keys()])) {
    const before = from.get(what);
    const after = to.get(what);
    if (before?.text === after?.text) continue;
    const kind = before ? (after ? "changed" : "removed") : "added";
    const percent = percentBetween(before?.rate, after?.rate);
    changes.push({ area, kind, name, what, from: before?.text ?? null, to: after?.text ?? null, percent });
  }
  return changes;
}

function diffNamed<T>(
  area: Change["area"],
  from: ReadonlyMap<string, T>,
  to: ReadonlyMap<string, T>,
  fields: (item: T) => Fields,
): Change[] {
  const changes: Change[] = [];
  for (const key of new Set([...from.keys(), ...to.keys()])) {
    const before = from.get(key);
    const after = to.get(key);
    const name = key.replace("\n", " ");
    if (before && after) changes.push(...diffFields(area, name, fields(before), fields(after)));
    else {
      const kind = before ? "removed" : "added";
      changes.push({ area, kind, name, what: area, from: null, to: null, percent: null });
    }
  }
  return changes;
}

function componentName({ meter, when, total, period }: Component): string {
  const conditions = conditionText({ when, total: total?.shown, period });
  return conditions ? `${meter} (${conditions})` : meter;
}

function priceFields(price: Price, scale: number): Fields {
  const fields: Fields = new Map();
  for (const component of price.components) {
    const { amount, per } = component;
    const text = `${formatAmount(amount, scale)}${per === 1n ? "" : ` per ${per}`}`;
    fields.set(componentName(component), { text, rate: [amount, per] });
  }
  for (const [meter, maximum] of price.maxima) fields.set(`maximum of ${meter}`, { text: maximum.toString() });
  for (const [name, option] of price.options) {
    const values = option.type === "choice" ? option.values.join(", ") : "true, false";
    fields.set(`option ${name}`, { text: `${values} (default ${option.default ?? "none"})` });
  }
  fields.set("billable", { text: String(price.billable) });
  fields.set("aliases", { text: price.aliases.join(", ") || "none" });
  return fields;
}

function planFields({ units, money }: Print, plan: Catalogue["plans"][number]): Fields {
  const fields: Fields = new Map([
    ["allowance", { text: units(plan.allowance), rate: [plan.allowance, 1n] }],
    ["monthly price", { text: money(plan.monthlyMinor), rate: [plan.monthlyMinor, 1n] }],
    ["discount", { text: `${plan.discountPercent}%` }],
  ]);
  if (plan.yearlyMinor !== null) {
    fields.set("yearly price", { text: money(plan.yearlyMinor), rate: [plan.yearlyMinor, 1n] });
  }
  for (const [limit, count] of Object.entries(plan.limits)) fields.set(`limit of ${limit}`, { text: String(count) });
  return fields;
}

type Print = { units: (amount: bigint) => string; money: (minor: bigint) => string };

function packFields({ units, money }: Print, pack: Catalogue["packs"][number]): Fields {
  return new Map([
    ["credit", { text: units(pack.credit), rate: [pack.credit, 1n] }],
    ["price", { text: money(pack.priceMinor), rate: [pack.priceMinor, 1n] }],
  ]);
}

function periodsText({ periods }: Catalogue): string {
  if (!periods) return "none";
  const clock = (minute: number) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;
  const list = periods.list.map(({ name, hours }) => {
    const said = hours.map(({ days, from, to }) => {
      return `${days.map((day) => WEEKDAYS[day]).join("+")} ${clock(from)}-${clock(to)}`;
    });
    return `${name} ${said.join(" and ") || "otherwise"}`;
  });
  return `${list.join(", ")} (${periods.timeZone})`;
}

function settingFields(catalogue: Catalogue, { units, money }: Print): Fields {
  const { signup, topUp, tags } = catalogue;
  const signupText = signup.when === "never" ? "never" : `${units(signup.amount)} at ${signup.when}`;
  const entries: [string, string][] = [
    ["settlement", catalogue.settlement],
    ["unknown usage", catalogue.unknownUsage],
    ["late usage", catalogue.lateUsage],
    ["PAYG", catalogue.payg.mode],
    ["purchases", catalogue.purchases],
    ["default plan", catalogue.defaultPlan ?? "none"],
    ["sign-up grant", signupText],
    ["top-up minimum", topUp ? money(topUp.minimumMinor) : "none"],
    ["credit per payment", topUp ? units(topUp.creditPerPayment) : "none"],
    ["402 dialect", JSON.stringify(catalogue.dialect)],
    ["meters", catalogue.meters.map((meter) => meter.name).join(", ")],
    ["tags", [...tags.allowed].join(", ")],
    ["periods", periodsText(catalogue)],
    ["hold expiry", `${catalogue.holds.expiresInSeconds} s`],
    ["longest hold", `${catalogue.holds.longestSeconds} s`],
  ];
  return new Map(entries.map(([what, text]) => [what, { text }]));
}

function refuseIncompatible(from: Catalogue, to: Catalogue): void {
  const unit = (catalogue: Catalogue) => `${catalogue.unit.code} with ${catalogue.unit.scale} digits`;
  const what =
    unit(from) !== unit(to)
      ? `the unit cannot change from ${unit(from)} to ${unit(to)}: every balance is counted in it`
      : from.payment.currency !== to.payment.currency
        ? `the payment currency cannot change from ${from.payment.currency} to ${to.payment.currency}`
        : undefined;
  if (what) throw new TollgateError("conflict", `${what}; use a new database`, { field: "unit" });
}

/**
 * The differences that `apply` would make, prices first.
 * Errors: conflict (another unit, scale or payment currency).
 */
export function planCatalogue(from: Catalogue, to: Catalogue): Change[] {
  refuseIncompatible(from, to);
  const { scale } = from.unit;
  const print: Print = {
    units: (amount) => `${formatAmount(amount, scale)} ${from.unit.code}`,
    money: (minor) => `${formatAmount(minor, from.payment.digits)} ${from.payment.currency}`,
  };
  const levels = (catalogue: Catalogue) => new Map(catalogue.levels.map((level) => [level.name as string, level]));
  const packs = (catalogue: Catalogue) => new Map(catalogue.packs.map((pack) => [pack.id, pack]));
  return [
    ...diffNamed("price", from.priceIndex, to.priceIndex, (price) => priceFields(price, scale)),
    ...diffNamed("plan", from.planIndex, to.planIndex, (plan) => planFields(print, plan)),
    ...diffNamed("pack", packs(from), packs(to), (pack) => packFields(print, pack)),
    ...diffNamed("level", levels(from), levels(to), ({ bound, inclusive, sharePercent, advice }): Fields => {
      const text = bound === null ? "the rest" : `${inclusive ? "from" : "above"} ${print.units(bound)}`;
      return new Map([
        ["bound", { text }],
        ["share of the plan", { text: sharePercent === null ? "none" : `${sharePercent}%` }],
        ["advice", { text: advice }],
      ]);
    }),
    ...diffFields("setting", from.name, settingFields(from, print), settingFields(to, print)),
  ];
}
