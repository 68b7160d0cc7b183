/** A catalogue as the program uses it: amounts are bigint minor units, look-ups are maps, nothing can be changed. */

import type { PlaceWords } from "@/lib/kernel/paths";
import type { CatalogueFile } from "./file";
import type { PlanGuide } from "./plan-guide";

export type { PlanGuide } from "./plan-guide";

/** Meter → count, each 0 … 2^53−1. */
export type Quantities = Record<string, bigint>;
export type Options = Record<string, string | boolean>;
export type CallShape = { endpoint: string; model: string; quantities: Quantities; options: Options };

/** Holds when the sum of the meters is more than `above` and at most `upTo`. */
export type TotalCondition = { meters: readonly string[]; above?: number | undefined; upTo?: number | undefined };

/** `amount` is what the line costs; `unitAmount` per `per` is the rate, `when…` the conditions that it met. */
export type PriceLine = {
  meter: string;
  quantity: bigint;
  amount: bigint;
  unitAmount: bigint;
  per: bigint;
  when?: string;
  whenTotal?: TotalCondition;
  whenPeriod?: string;
  label?: string;
};
/**
 * `model` is the catalogue's name of it, whatever alias the call gave. `quantities` are the call's, with `request`
 * filled in where the price counts requests.
 */
export type Priced = { cost: bigint; lines: PriceLine[]; billable: boolean; model: string; quantities: Quantities } & {
  /** The meters that the price charges, whether this call counts them or not. */
  charged: readonly string[];
};

export type LevelName = "normal" | "low" | "warning" | "critical";
export type Unit = CatalogueFile["unit"];
/** Every amount that is charged is a multiple of `step` smallest units. */
export type Payment = { currency: string; symbol: string; digits: number; step: number };
/** `knownBefore` is what a gateway can count before the call runs, such as the prompt. */
export type Meter = {
  name: string;
  label: string;
  singular: string;
  larger: { label: string; count: number } | null;
  maximum: bigint;
  slot: number;
  knownBefore: boolean;
};

export type Component = {
  meter: string;
  amount: bigint;
  per: bigint;
  conditions: readonly (readonly [option: string, value: string | boolean])[];
  when: string | undefined;
  /** `place` is that of its sum in the price's `totals`; `shown` is what lines say of it. */
  total: (Pick<TotalCondition, "above" | "upTo"> & { place: number; shown: TotalCondition }) | undefined;
  period: string | undefined;
  label: string | undefined;
  phrase: string | undefined;
};
export type Option =
  | { type: "boolean"; default: boolean; label: string }
  | { type: "choice"; values: readonly string[]; default: string | null; label: string };
export type Price = {
  endpoint: string;
  model: string;
  aliases: readonly string[];
  label: string;
  provider: string | null;
  billable: boolean;
  /** Those of one meter stand together. */
  components: readonly Component[];
  /** The sums of meters on which components depend; */
  totals: readonly (readonly string[])[];
  /** Every meter that a call may name, with the most that one call may count. */
  maxima: ReadonlyMap<string, bigint>;
  options: ReadonlyMap<string, Option>;
  countsRequests: boolean;
  /** The meters of its components, each once. */
  charged: readonly string[];
};

/** Minutes of the local day; one that ends at or before its beginning continues into the next day. Sunday is day 0. */
export type Hours = { days: readonly number[]; from: number; to: number };
export type Period = { name: string; label: string; hours: readonly Hours[] };
/** A moment is in the first period that holds it; the last one takes the rest. */
export type Periods = { timeZone: string; list: readonly Period[] };

export type PlanLimits = CatalogueFile["plans"][number]["limits"];
export type Plan = {
  id: string;
  name: string;
  allowance: bigint;
  free: boolean;
  monthlyMinor: bigint;
  /** Null when the plan is not sold by the year. */
  yearlyMinor: bigint | null;
  discountPercent: number;
  limits: PlanLimits;
  note: string | null;
};
export type Pack = {
  id: string;
  name: string;
  credit: bigint;
  priceMinor: bigint;
  note: string | null;
  popular: boolean;
};
/** `creditPerPayment` is what one whole unit of payment money buys. */
export type TopUp = {
  minimumMinor: bigint;
  maximumMinor: bigint;
  presetsMinor: readonly bigint[];
  creditPerPayment: bigint;
};
export type AutoTopUpPreset = { name: string; threshold: bigint; amountMinor: bigint | null; pack: string | null };
export type AutoTopUp = {
  by: "amount" | "pack";
  presets: readonly AutoTopUpPreset[];
  monthlyCapMinor: bigint | null;
};
/**
 * What calls can be paid from is at this level when it is above (`inclusive`: or at) the bound, the last level has
 * none;
 * or, with a plan, when at least this share of the allowance is left.
 */
export type Level = {
  name: LevelName;
  bound: bigint | null;
  inclusive: boolean;
  sharePercent: bigint | null;
  advice: string;
};
export type Baseline = CallShape & { label: string; singular: string; cost: bigint };

export type Catalogue = {
  name: string;
  unit: Unit;
  payment: Payment;
  operator: { name: string; support: string; logo: string | null; accent: string | null };
  meters: readonly Meter[];
  meterSlots: ReadonlyMap<string, number>;
  /** Null where no price depends on the time. */
  periods: Periods | null;
  prices: readonly Price[];
  /** By `priceKey(endpoint, model)`, aliases too. */
  priceIndex: ReadonlyMap<string, Price>;
  plans: readonly Plan[];
  planIndex: ReadonlyMap<string, Plan>;
  defaultPlan: string | null;
  payg: { mode: "toggle" | "always"; limitPresets: readonly bigint[] };
  settlement: "capped" | "actual";
  unknownUsage: "ceiling" | "input";
  lateUsage: "debt" | "unfunded";
  signup: { when: "signup" | "first_call" | "never"; amount: bigint; expiresAfterDays: number | null };
  packs: readonly Pack[];
  topUp: TopUp | null;
  autoTopUp: AutoTopUp | null;
  purchases: "anyone" | "paidPlansOnly";
  levels: readonly Level[];
  insufficient: { code: "insufficient_credits" | "insufficient_balance"; message: string };
  dialect: NonNullable<CatalogueFile["dialect"]> | null;
  /** `allowed` is every tag that a call may carry; any other is refused. */
  tags: {
    rollup: readonly string[];
    limited: readonly ("workspace" | "agent")[];
    logged: readonly string[];
    run: { tag: string; label: string; singular: string } | null;
    allowed: ReadonlySet<string>;
  };
  baseline: readonly Baseline[];
  costHints: NonNullable<CatalogueFile["costHints"]> | null;
  policy: { refunds: string | null; refundReview: string | null; recommendedBalance: bigint | null };
  planGuide: PlanGuide | null;
  labels: CatalogueFile["labels"];
  places: PlaceWords;
  routes: {
    userSelf: { quotaPerUnit: bigint } | null;
    billingCredits: { resource: readonly string[] } | null;
    /** Products in the order of the file; each billable endpoint belongs to exactly one. */
    usageSummary: { products: readonly string[]; productOf: ReadonlyMap<string, string> } | null;
  };
  holds: { expiresInSeconds: number; longestSeconds: number };
};

/** One difference between two catalogues; `percent` is how far the rate moved, such as "+12.5%", or null. */
export type Change = {
  area: "price" | "plan" | "pack" | "level" | "setting";
  kind: "added" | "removed" | "changed";
  name: string;
  what: string;
  from: string | null;
  to: string | null;
  percent: string | null;
};
/** The key of `Catalogue.priceIndex`; neither part can hold a line break. */
export function priceKey(endpoint: string, model: string): string {
  return `${endpoint}\n${model}`;
}
