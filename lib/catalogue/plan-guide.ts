/** The operator's guide whether to pay as one goes or to subscribe: texts of the catalogue, in its own words. */
import { z } from "zod";
import { label, text } from "./file-fields";

const reason = z.strictObject({ name: label, text });

export const planGuideSchema = z.strictObject({
  title: label,
  /** Without a plan, and with one. */
  columns: z.tuple([label, label]),
  rows: z.array(z.strictObject({ feature: label, values: z.tuple([label, label]) })).max(12),
  choices: z.array(z.strictObject({ title: label, reasons: z.array(reason).min(1).max(8) })).max(4),
});
export type PlanGuide = z.infer<typeof planGuideSchema>;
