/** The prices as customers read them. Safe for the browser. */
import { z } from "zod";
import { amountOut, countOut } from "@/lib/kernel/wire";

const optionSchema = z.strictObject({
  name: z.string(),
  label: z.string(),
  type: z.enum(["boolean", "choice"]),
  values: z.array(z.string()).nullable().meta({ description: "What a choice may be; null for true or false." }),
  default: z.union([z.string(), z.boolean()]).nullable().meta({ description: "Null when the call must name it." }),
});
/** When a line of a price applies. */
export const priceConditions = {
  when: z.string().optional().meta({ description: "Only with these options." }),
  whenTotal: z
    .strictObject({ meters: z.array(z.string()).readonly(), above: z.int().optional(), upTo: z.int().optional() })
    .optional()
    .meta({ description: "Only when the sum of these meters is more than `above` and at most `upTo`." }),
  whenPeriod: z.string().optional().meta({ description: "Only for calls that started in this period of the week." }),
};

const hours = z.strictObject({
  days: z.array(z.int().min(0).max(6)).readonly().meta({ description: "Sunday is 0." }),
  from: z.int().meta({ description: "Minutes of the day." }),
  to: z.int().meta({ description: "Minutes of the day; at or before `from` it is the next day's." }),
});
const priceSchema = z.strictObject({
  endpoint: z.string(),
  model: z.string(),
  aliases: z.array(z.string()).meta({ description: "Other names of the model; it is recorded under its own." }),
  label: z.string(),
  provider: z.string().nullable().meta({ description: "Who made the model, where the catalogue says so." }),
  billable: z.boolean().meta({ description: "False for a call that is logged and costs nothing." }),
  lines: z
    .array(
      z.strictObject({
        meter: z.string(),
        unitAmount: amountOut.meta({ description: "What `per` of the meter cost." }),
        per: countOut,
        ...priceConditions,
        label: z.string().optional(),
        phrase: z
          .string()
          .optional()
          .meta({ description: "The catalogue's words for when or for what it is charged." }),
        extra: z.boolean().meta({ description: "True when a call pays it on top of another line." }),
        discounted: z
          .record(z.string(), amountOut)
          .optional()
          .meta({ description: "Plan with a discount → `unitAmount` for what that plan pays." }),
        buys: countOut.optional().meta({
          description: "The most of the meter that `purchase` pays for at this line alone. Extra lines have none.",
        }),
      }),
    )
    .meta({ description: "A call costs the sum of the lines that apply." }),
  options: z.array(optionSchema),
  maxima: z.record(z.string(), countOut).meta({ description: "Meter → the most that one call may count." }),
});
const purchaseSchema = z.strictObject({
  from: z
    .enum(["signup", "topUp", "pack"])
    .meta({ description: "Sign-up credit where there is any, else the smallest amount that is sold." }),
  credit: amountOut,
  price: z.string().nullable().meta({ description: "Payment money as a decimal; null for credit that is given." }),
  currency: z.string().meta({ example: "USD" }),
  name: z.string().nullable().meta({ description: "The pack's name." }),
  buys: z
    .array(z.strictObject({ label: z.string(), count: countOut, about: countOut }))
    .meta({ description: "Whole calls at base price: `count` is exact, `about` has two digits. Both round down." }),
});
export const priceListSchema = z
  .strictObject({
    unit: z.string().meta({ example: "USD" }),
    version: z.int().meta({ description: "The catalogue's version, as events name it." }),
    periods: z
      .strictObject({
        timeZone: z.string(),
        list: z
          .array(z.strictObject({ name: z.string(), label: z.string(), hours: z.array(hours).readonly() }))
          .readonly(),
      })
      .nullable()
      .meta({ description: "A moment is in the first that holds it; the last takes the rest." }),
    discounts: z
      .array(z.strictObject({ plan: z.string(), name: z.string(), percent: z.int() }))
      .meta({ description: "The plans that give a discount on what they pay." }),
    purchase: purchaseSchema.nullable().meta({ description: "Null where no credit is given or sold." }),
    prices: z.array(priceSchema),
  })
  .meta({ id: "PriceList" });
export type PriceList = z.infer<typeof priceListSchema>;
export type ListedPrice = PriceList["prices"][number];
