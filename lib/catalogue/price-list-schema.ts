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
const priceSchema = z.strictObject({
  endpoint: z.string(),
  model: z.string(),
  label: z.string(),
  billable: z.boolean().meta({ description: "False for a call that is logged and costs nothing." }),
  lines: z
    .array(
      z.strictObject({
        meter: z.string(),
        unitAmount: amountOut.meta({ description: "What `per` of the meter cost." }),
        per: countOut,
        when: z.string().optional().meta({ description: "Only with this option." }),
        label: z.string().optional(),
      }),
    )
    .meta({ description: "A call costs the sum of the lines that apply." }),
  options: z.array(optionSchema),
  maxima: z.record(z.string(), countOut).meta({ description: "Meter → the most that one call may count." }),
});
export const priceListSchema = z
  .strictObject({
    unit: z.string().meta({ example: "USD" }),
    version: z.int().meta({ description: "The catalogue's version, as events name it." }),
    prices: z.array(priceSchema),
  })
  .meta({ id: "PriceList" });
export type PriceList = z.infer<typeof priceListSchema>;
