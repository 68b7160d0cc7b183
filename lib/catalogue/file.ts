/** The YAML file of a catalogue: everything that differs between two operators is data in this one schema. */
import { z } from "zod";
import { amount, count, label, modelName, name, optionName, optionValue, text } from "./file-fields";
import { costHintsSchema } from "./hint-file";
import { planGuideSchema } from "./plan-guide";
import { periodsSchema, priceSchema } from "./price-file";

export { LARGEST_QUANTITY } from "./file-fields";
/** The places that quantities have in events and rollups, over all versions of the catalogue. */
export const MOST_METERS = 64;
const DAY_SECONDS = 86_400;
export const LONGEST_HOLD_SECONDS = 7 * DAY_SECONDS;

const limits = z.strictObject({
  members: count.optional(),
  keys: count.optional(),
  workspaces: count.optional(),
  agents: count.optional(),
});

const plan = z.strictObject({
  id: name,
  name: label,
  allowance: amount,
  free: z.boolean().default(false),
  price: z.strictObject({ monthly: amount, yearly: amount.optional() }).optional(),
  discountPercent: z.int().min(0).max(99).default(0),
  limits: limits.prefault({}),
  note: text.optional(),
});

const level = z.strictObject({
  name: z.enum(["normal", "low", "warning", "critical"]),
  above: amount.optional(),
  from: amount.optional(),
  planShare: z.int().min(1).max(100).optional(),
  advice: label,
});

type Body = { [key: string]: string | number | boolean | null | Body };
const body: z.ZodType<Body> = z.lazy(() =>
  z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), body])),
);

const labels = z.strictObject({
  balance: label.default("Balance"),
  plan: label.default("Plan allowance"),
  purchased: label.default("Purchased"),
  promotional: label.default("Promotional credit"),
  /** What a purchase brings, as a noun: payments, invoices and mails say "Credit: $50.00". */
  bought: label.default("Credit"),
  topUp: label.default("Add funds"),
  autoTopUp: label.default("Auto top-up"),
  payg: label.default("PAYG fallback"),
  /** The field of its limit. */
  paygLimit: label.default("Spending limit (optional)"),
  /** The page of the prices; its address follows from it: "Models" is at `/models`. */
  prices: label.default("Prices"),
});
const path = z.array(label).min(1).max(5);
/** Where the pages are. One that is left out, or is at the balance's own place, is a part below it. */
const paths = z.strictObject({
  balance: path.default(["Billing"]),
  topUp: path.optional(),
  autoTopUp: path.optional(),
  plan: path.optional(),
  paymentMethods: path.optional(),
  statements: path.optional(),
});

/** Amounts are in the catalogue's unit; `price`, `minimum`, `presets`, `amount` and `monthlyCap` are payment money. */
export const catalogueFileSchema = z.strictObject({
  name,
  unit: z.strictObject({
    code: z.string().regex(/^[A-Za-z]{2,12}$/, { error: "must be 2 to 12 letters, such as USD or credits" }),
    kind: z.enum(["currency", "credits", "tokens"]),
    scale: z.int().min(0).max(12),
    symbol: z.string().max(4).default(""),
    singular: label,
    plural: label,
  }),
  payment: z.strictObject({
    currency: z.string().regex(/^[A-Z]{3}$/, { error: "must be an ISO code in capitals, such as USD" }),
    /** Follows from the currency; where it is written, it must be right. */
    digits: z.int().min(0).max(3).optional(),
    symbol: z.string().min(1).max(4),
  }),
  operator: z.strictObject({
    name: label,
    support: z.email(),
    logo: z
      .string()
      .max(20_000)
      .regex(/^(?:\/(?![/\\])[\w./-]+|data:image\/(?:svg\+xml|png|webp)[;,][^"'\s]+)$/, {
        error: "must be a path of this site, such as /logo.svg, or a data: address of an image",
      })
      .optional(),
    accent: z.string().max(60).optional(),
  }),
  meters: z
    .array(
      z.strictObject({
        name,
        label,
        singular: label.optional(),
        /** The unit in which large counts are written, such as `{ label: MB, count: 1000000 }` of bytes. */
        larger: z.strictObject({ label, count: count.min(2) }).optional(),
        maximum: count.min(1).optional(),
        known: z.enum(["before", "after"]).default("after"),
      }),
    )
    .min(1)
    .max(MOST_METERS),
  periods: periodsSchema.optional(),
  prices: z.array(priceSchema).min(1).max(10_000),
  plans: z.array(plan).max(20).default([]),
  defaultPlan: name.optional(),
  payg: z.strictObject({ mode: z.enum(["toggle", "always"]), limitPresets: z.array(amount).max(8).default([]) }),
  settlement: z.enum(["capped", "actual"]),
  unknownUsage: z.enum(["ceiling", "input"]).default("ceiling"),
  lateUsage: z.enum(["debt", "unfunded"]).default("debt"),
  signup: z
    .strictObject({
      when: z.enum(["signup", "first_call", "never"]),
      amount: amount.optional(),
      expiresAfterDays: count.min(1).max(3650).optional(),
    })
    .default({ when: "never" }),
  packs: z
    .array(
      z.strictObject({
        id: name,
        name: label,
        credit: amount,
        price: amount,
        note: text.optional(),
        popular: z.boolean().default(false),
      }),
    )
    .max(20)
    .default([]),
  topUp: z
    .strictObject({
      minimum: amount,
      maximum: amount,
      presets: z.array(amount).max(8).default([]),
      creditPerPayment: amount,
    })
    .optional(),
  autoTopUp: z
    .strictObject({
      by: z.enum(["amount", "pack"]),
      presets: z
        .array(z.strictObject({ name: label, threshold: amount, amount: amount.optional(), pack: name.optional() }))
        .max(8)
        .default([]),
      monthlyCap: amount.optional(),
    })
    .optional(),
  purchases: z.enum(["anyone", "paidPlansOnly"]).default("anyone"),
  levels: z.array(level).min(2).max(4),
  insufficient: z.strictObject({ code: z.enum(["insufficient_credits", "insufficient_balance"]), message: text }),
  dialect: z
    .strictObject({
      insufficient: body,
      other: body,
      /** Every error has this shape, not only a 402. */
      all: z.boolean().default(false),
    })
    .optional(),
  tags: z
    .strictObject({
      rollup: z.array(name).max(4).default([]),
      limited: z.array(z.enum(["workspace", "agent"])).default([]),
      logged: z.array(name).max(8).default([]),
      /** The logged tag that names a run: calls that belong together. `label` names its page. */
      run: z.strictObject({ tag: name, label: label.default("Runs"), singular: label.default("run") }).optional(),
    })
    .prefault({}),
  baseline: z
    .array(
      z.strictObject({
        label,
        /** The name of one: "Pixel 1 image" where the label is "Pixel 1 images". */
        singular: label.optional(),
        endpoint: name,
        model: modelName,
        quantities: z.record(name, count).default({}),
        options: z.record(optionName, optionValue).default({}),
      }),
    )
    .max(12)
    .default([]),
  costHints: costHintsSchema.optional(),
  policy: z
    .strictObject({ refunds: text.optional(), refundReview: label.optional(), recommendedBalance: amount.optional() })
    .prefault({}),
  planGuide: planGuideSchema.optional(),
  labels: labels.prefault({}),
  paths: paths.prefault({}),
  routes: z
    .strictObject({
      userSelf: z.strictObject({ quotaPerUnit: count.min(1) }).optional(),
      billingCredits: z.strictObject({ resource: z.array(name).min(1).max(4) }).optional(),
      usageSummary: z
        .strictObject({
          products: z.array(z.strictObject({ name: label, endpoints: z.array(name).min(1) })).min(1),
        })
        .optional(),
    })
    .prefault({}),
  holds: z
    .strictObject({
      expiresInSeconds: count.min(1).max(LONGEST_HOLD_SECONDS).default(600),
      longestSeconds: count.min(1).max(LONGEST_HOLD_SECONDS).default(DAY_SECONDS),
    })
    .prefault({}),
});

export type CatalogueFile = z.infer<typeof catalogueFileSchema>;
export type { ComponentFile, PeriodsFile, PriceFile } from "./price-file";
