/** How a catalogue's file writes prices: options, components with their conditions, and periods of the week. */
import { z } from "zod";
import { amount, count, label, modelName, name, optionName, optionValue } from "./file-fields";

const option = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("boolean"), default: z.boolean().default(false), label: label.optional() }),
  z.strictObject({
    type: z.literal("choice"),
    values: z.array(z.string().min(1).max(40)).min(1).max(32),
    default: z.string().optional(),
    label: label.optional(),
  }),
]);

/** Holds when the sum of these meters is more than `above` and at most `upTo`. */
const totalCondition = z.strictObject({
  meters: z.array(name).min(1).max(8),
  above: count.min(1).optional(),
  upTo: count.min(1).optional(),
});

const component = z.strictObject({
  meter: name,
  /** Left out with `free: true`. */
  amount: amount.optional(),
  free: z.literal(true).optional(),
  per: z
    .union([z.literal(1), z.literal(1000), z.literal(1_000_000)], {
      error: "must be 1, 1000 or 1000000; write `per: 1000000` for a price per million",
    })
    .default(1),
  when: z.record(optionName, optionValue).optional(),
  whenTotal: totalCondition.optional(),
  whenPeriod: name.optional(),
  label: label.optional(),
  /** When or for what it is charged, as the list of prices says it: "for image/PDF attachments". */
  phrase: label.optional(),
});

export const priceSchema = z.strictObject({
  endpoint: name,
  model: modelName,
  /** Other names of the model: a call that gives one is priced, recorded and limited as the model. */
  aliases: z.array(modelName).max(32).default([]),
  label: label.optional(),
  /** Who made the model. Left out, it is what the model's name has before its first slash. */
  provider: label.optional(),
  billable: z.boolean().default(true),
  components: z.array(component).max(256).default([]),
  uncharged: z.array(name).max(16).default([]),
  maxima: z.record(name, count.min(1)).default({}),
  options: z.record(optionName, option).default({}),
});

const clock = z.string().regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$/, {
  error: 'must be a time of the day in quotes, such as "08:30"',
});
export const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** Parts of the week by the clock of one zone; a moment is in the first that holds it, the last takes the rest. */
export const periodsSchema = z.strictObject({
  timeZone: z.string().refine((zone) => {
    try {
      return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
    } catch {
      return false;
    }
  }, "must be a time zone, such as Asia/Shanghai"),
  list: z
    .array(
      z.strictObject({
        name,
        label,
        hours: z
          .array(
            z.strictObject({
              days: z
                .array(z.enum(WEEKDAYS))
                .min(1)
                .default([...WEEKDAYS]),
              from: clock,
              to: clock,
            }),
          )
          .min(1)
          .max(14)
          .optional(),
      }),
    )
    .min(2)
    .max(8),
});

export type PriceFile = z.infer<typeof priceSchema>;
export type ComponentFile = PriceFile["components"][number];
export type PeriodsFile = z.infer<typeof periodsSchema>;
