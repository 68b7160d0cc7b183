/** Turns a checked file into a frozen Catalogue: texts become bigint amounts, lists get their look-ups. */
import { currencyFacts } from "@/lib/kernel/currency";
import { TollgateError } from "@/lib/kernel/errors";
import { parseCharge } from "@/lib/kernel/minor-units";
import { parseAmount } from "@/lib/kernel/money";
import type { CallShape, Catalogue, Component, Level, Meter, Option, Plan, Price } from "./compiled";
import { priceKey } from "./compiled";
import { sameMeters } from "./conditions";
import { type CatalogueFile, type ComponentFile, LARGEST_QUANTITY, type PriceFile } from "./file";
import type { Issue, Path } from "./issues";
import { compilePeriods } from "./periods";
import { placesOf } from "./places";
import { priceCall } from "./price";

type Read = (text: string, path: Path) => bigint;
type Reader = { unit: Read; money: Read; report: (path: Path, message: string) => void };

function reader(file: CatalogueFile, issues: Issue[]): Reader {
  const report = (path: Path, message: string) => void issues.push({ path, message });
  const read =
    (parse: (text: string) => bigint): Read =>
    (text, path) => {
      try {
        return parse(text);
      } catch (error) {
        if (!(error instanceof TollgateError)) throw error;
        report(path, `${error.message.replace(/^.*: /, "")}`);
        return 1n;
      }
    };
  const facts = currencyFacts(file.payment.currency);
  return {
    unit: read((text) => parseAmount(text, file.unit.scale)),
    money: read((text) => parseCharge(text, facts)),
    report,
  };
}

function compileComponent(component: ComponentFile, totals: string[][], read: Reader, path: Path): Component {
  const conditions = Object.entries(component.when ?? {});
  const { whenTotal } = component;
  let total: Component["total"];
  if (whenTotal) {
    const place = totals.findIndex((meters) => sameMeters(meters, whenTotal.meters));
    const { above, upTo } = whenTotal;
    total = { above, upTo, place: place < 0 ? totals.push(whenTotal.meters) - 1 : place, shown: whenTotal };
  }
  return {
    meter: component.meter,
    amount: read.unit(component.amount ?? "0", [...path, "amount"]),
    per: BigInt(component.per),
    conditions,
    when: conditions.length ? conditions.map(([name, value]) => `${name}=${value}`).join(",") : undefined,
    total,
    period: component.whenPeriod,
    label: component.label,
    phrase: component.phrase,
  };
}

/** Components of one meter stand together, so that one look tells whether any of them applied. */
function grouped(components: readonly Component[]): Component[] {
  const meters = [...new Set(components.map(({ meter }) => meter))];
  return meters.flatMap((meter) => components.filter((component) => component.meter === meter));
}

function compileOption(name: string, option: PriceFile["options"][string]): Option {
  const label = option.label ?? name;
  if (option.type === "boolean") return { type: "boolean", default: option.default, label };
  return { type: "choice", values: option.values, default: option.default ?? null, label };
}

function compilePrice(price: PriceFile, meters: readonly Meter[], read: Reader, path: Path): Price {
  const totals: string[][] = [];
  const components = price.components.map((component, index) =>
    compileComponent(component, totals, read, [...path, "components", index]),
  );
  const accepted = new Set([...components.map((component) => component.meter), ...price.uncharged]);
  const maxima = new Map<string, bigint>();
  for (const { name, maximum } of meters) {
    const own = price.maxima[name];
    if (accepted.has(name)) maxima.set(name, own === undefined ? maximum : BigInt(own));
  }
  return {
    endpoint: price.endpoint,
    model: price.model,
    aliases: price.aliases,
    label: price.label ?? price.model,
    provider: price.provider ?? /^([^/]+)\/./.exec(price.model)?.[1] ?? null,
    billable: price.billable,
    components: grouped(components),
    totals,
    maxima,
    options: new Map(Object.entries(price.options).map(([name, option]) => [name, compileOption(name, option)])),
    countsRequests: accepted.has("request"),
    charged: [...new Set(components.map((component) => component.meter))],
  };
}

function compilePlans(file: CatalogueFile, read: Reader): Plan[] {
  return file.plans.map((plan, index) => ({
    id: plan.id,
    name: plan.name,
    allowance: read.unit(plan.allowance, ["plans", index, "allowance"]),
    free: plan.free,
    monthlyMinor: plan.price ? read.money(plan.price.monthly, ["plans", index, "price", "monthly"]) : 0n,
    yearlyMinor: plan.price?.yearly ? read.money(plan.price.yearly, ["plans", index, "price", "yearly"]) : null,
    discountPercent: plan.discountPercent,
    limits: plan.limits,
    note: plan.note ?? null,
  }));
}

function compileLevels(file: CatalogueFile, read: Reader): Level[] {
  let upper: bigint | undefined;
  let upperShare: number | undefined;
  return file.levels.map(({ name, above, from, planShare, advice }, index) => {
    const text = above ?? from;
    const bound = text === undefined ? null : read.unit(text, ["levels", index, above ? "above" : "from"]);
    if (bound !== null && upper !== undefined && bound >= upper) {
      read.report(["levels", index], "must have a lower bound than the level before it");
    }
    if (planShare !== undefined && planShare >= (upperShare ?? Number.POSITIVE_INFINITY)) {
      read.report(["levels", index, "planShare"], "must be lower than that of the level before it");
    }
    upper = bound ?? upper;
    upperShare = planShare ?? upperShare;
    const sharePercent = planShare === undefined ? null : BigInt(planShare);
    return { name, bound, inclusive: above === undefined, sharePercent, advice };
  });
}

function compilePurchases(file: CatalogueFile, read: Reader): Pick<Catalogue, "packs" | "topUp" | "autoTopUp"> {
  const { topUp, autoTopUp } = file;
  return {
    packs: file.packs.map((pack, index) => ({
      id: pack.id,
      name: pack.name,
      credit: read.unit(pack.credit, ["packs", index, "credit"]),
      priceMinor: read.money(pack.price, ["packs", index, "price"]),
      note: pack.note ?? null,
      popular: pack.popular,
    })),
    topUp: topUp
      ? {
          minimumMinor: read.money(topUp.minimum, ["topUp", "minimum"]),
          maximumMinor: read.money(topUp.maximum, ["topUp", "maximum"]),
          presetsMinor: topUp.presets.map((preset, index) => read.money(preset, ["topUp", "presets", index])),
          creditPerPayment: read.unit(topUp.creditPerPayment, ["topUp", "creditPerPayment"]),
        }
      : null,
    autoTopUp: autoTopUp
      ? {
          by: autoTopUp.by,
          presets: autoTopUp.presets.map(({ name, threshold, amount, pack }, index) => ({
            name,
            threshold: read.unit(threshold, ["autoTopUp", "presets", index, "threshold"]),
            amountMinor: amount ? read.money(amount, ["autoTopUp", "presets", index, "amount"]) : null,
            pack: pack ?? null,
          })),
          monthlyCapMinor: autoTopUp.monthlyCap ? read.money(autoTopUp.monthlyCap, ["autoTopUp", "monthlyCap"]) : null,
        }
      : null,
  };
}

function compileRoutes(file: CatalogueFile): Catalogue["routes"] {
  const { userSelf, billingCredits, usageSummary } = file.routes;
  const pairs = usageSummary?.products.flatMap(({ name, endpoints }) =>
    endpoints.map((endpoint) => [endpoint, name] as const),
  );
  return {
    userSelf: userSelf ? { quotaPerUnit: BigInt(userSelf.quotaPerUnit) } : null,
    billingCredits: billingCredits ?? null,
    usageSummary: usageSummary
      ? { products: usageSummary.products.map((product) => product.name), productOf: new Map(pairs) }
      : null,
  };
}

function compileBaseline(file: CatalogueFile, catalogue: Catalogue, read: Reader): Catalogue["baseline"] {
  return file.baseline.map(({ label, singular = label, endpoint, model, quantities, options }, index) => {
    const counts = Object.fromEntries(Object.entries(quantities).map(([meter, count]) => [meter, BigInt(count)]));
    const call = { endpoint, model, quantities: counts, options };
    try {
      const cost = dearest(catalogue, call);
      if (cost === 0n) read.report(["baseline", index], "costs nothing, so a balance buys an unlimited number of them");
      return { ...call, label, singular, cost };
    } catch (error) {
      if (!(error instanceof TollgateError)) throw error;
      read.report(["baseline", index], `cannot be priced: ${error.message}`);
      return { ...call, label, singular, cost: 1n };
    }
  });
}

/** With prices by the hour, what a balance buys is counted at the dearest. */
function dearest(catalogue: Catalogue, call: CallShape): bigint {
  const periods = catalogue.periods?.list.map((period) => period.name) ?? [undefined];
  return periods
    .map((period) => priceCall(catalogue, call, 0, period).cost)
    .reduce((most, cost) => (cost > most ? cost : most));
}

function deepFreeze<T>(value: T): T {
  if (value === null || typeof value !== "object" || Object.isFrozen(value)) return value;
  Object.freeze(value);
  const inner = value instanceof Map || value instanceof Set ? value.values() : Object.values(value);
  for (const part of inner) deepFreeze(part);
  return value;
}

/** Compiles a file that passed the schema; what it finds wrong is pushed onto `issues`. */
export function compileCatalogue(file: CatalogueFile, issues: Issue[]): Catalogue {
  const read = reader(file, issues);
  const meters = file.meters.map(({ name, label, singular, larger, maximum, known }, slot) => {
    const knownBefore = known === "before" || name === "request";
    return {
      name,
      label,
      singular: singular ?? label,
      larger: larger ?? null,
      maximum: BigInt(maximum ?? LARGEST_QUANTITY),
      slot,
      knownBefore,
    };
  });
  const prices = file.prices.map((price, index) => compilePrice(price, meters, read, ["prices", index]));
  const plans = compilePlans(file, read);
  const { signup, operator, policy, tags } = file;
  const signupAmount = signup.amount ? read.unit(signup.amount, ["signup", "amount"]) : 0n;
  const recommended = policy.recommendedBalance;
  const catalogue: Catalogue = {
    name: file.name,
    unit: file.unit,
    payment: { ...file.payment, ...currencyFacts(file.payment.currency) },
    operator: { ...operator, logo: operator.logo ?? null, accent: operator.accent ?? null },
    meters,
    meterSlots: new Map(meters.map((meter) => [meter.name, meter.slot])),
    periods: compilePeriods(file.periods),
    prices,
    priceIndex: new Map(
      prices.flatMap((price) =>
        [price.model, ...price.aliases].map((name): [string, Price] => [priceKey(price.endpoint, name), price]),
      ),
    ),
    plans,
    planIndex: new Map(plans.map((plan) => [plan.id, plan])),
    defaultPlan: file.defaultPlan ?? null,
    payg: {
      mode: file.payg.mode,
      limitPresets: file.payg.limitPresets.map((text, index) => read.unit(text, ["payg", "limitPresets", index])),
    },
    settlement: file.settlement,
    unknownUsage: file.unknownUsage,
    lateUsage: file.lateUsage,
    signup: { when: signup.when, amount: signupAmount, expiresAfterDays: signup.expiresAfterDays ?? null },
    ...compilePurchases(file, read),
    purchases: file.purchases,
    levels: compileLevels(file, read),
    insufficient: file.insufficient,
    dialect: file.dialect ?? null,
    tags: { ...tags, run: tags.run ?? null, allowed: new Set([...tags.rollup, ...tags.limited, ...tags.logged]) },
    baseline: [],
    costHints: file.costHints ?? null,
    policy: {
      refunds: policy.refunds ?? null,
      refundReview: policy.refundReview ?? null,
      recommendedBalance: recommended ? read.unit(recommended, ["policy", "recommendedBalance"]) : null,
    },
    planGuide: file.planGuide ?? null,
    labels: file.labels,
    places: placesOf(file),
    routes: compileRoutes(file),
    holds: file.holds,
  };
  return deepFreeze({ ...catalogue, baseline: compileBaseline(file, catalogue, read) });
}
