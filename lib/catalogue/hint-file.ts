/** The operator's advice on costs, and what hints from a customer's own usage are computed from. */
import { z } from "zod";
import { count, label, modelName, name, text } from "./file-fields";

const MOST_MODELS = 12;
const MOST_PRACTICES = 8;

export const costHintsSchema = z.strictObject({
  /** The meters that count a call's prompt. The first one counts what no cache has. */
  promptMeters: z.array(name).min(1).max(8),
  answerMeter: name,
  /** The logged tag whose value is a hash of the prompt. */
  fingerprintTag: name.optional(),
  /** A model suits calls with prompts of at most `longestPrompt`. */
  models: z
    .array(
      z.strictObject({
        useCase: label,
        model: modelName,
        name: label,
        cost: label,
        longestPrompt: count.min(1).optional(),
      }),
    )
    .max(MOST_MODELS),
  practices: z
    .array(z.strictObject({ kind: z.enum(["models", "prompts", "caching", "max_tokens"]), title: label, text }))
    .max(MOST_PRACTICES),
});
