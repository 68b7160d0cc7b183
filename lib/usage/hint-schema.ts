/** Hints on costs, as they stand on the wire. */
import { z } from "zod";
import { amountOut, countOut, timeOut } from "@/lib/kernel/wire";

const call = { endpoint: z.string(), model: z.string() };

const modelHint = z.strictObject({
  ...call,
  useCase: z.string().meta({ description: "The use case of the suggested model." }),
  suggested: z.string().meta({ description: "The cheaper model." }),
  longerThan: z.int().meta({ description: "Only calls whose prompts have more than so many tokens." }),
  longestPrompt: countOut
    .nullable()
    .meta({ description: "Only calls whose prompts have at most so many tokens; null: all calls." }),
  calls: countOut,
  cost: amountOut,
  wouldCost: amountOut.meta({ description: "The cost of the same quantities with the suggested model." }),
  saves: amountOut,
});

const cachingHint = z.strictObject({
  prompts: countOut.meta({ description: "How many prompts were sent more than once." }),
  calls: countOut.meta({ description: "The repeated calls, without the first call of each prompt." }),
  saves: amountOut.meta({ description: "The cost of the repeated calls." }),
  most: z
    .array(z.strictObject({ ...call, fingerprint: z.string(), calls: countOut, cost: amountOut }))
    .meta({ description: "The prompts whose repetition cost the most." }),
});

const long = z
  .strictObject({
    median: countOut.meta({ description: "The median length in tokens." }),
    longest: countOut.meta({ description: "Four times the median. Longer ones are unusual." }),
    calls: countOut.meta({ description: "The calls that are longer." }),
    saves: amountOut.meta({ description: "The cost of their tokens beyond that length." }),
  })
  .nullable();

const promptsHint = z.strictObject({
  share: z.int().meta({ description: "The percentage of the cost that is prompts." }),
  cost: amountOut.meta({ description: "The cost of all prompts." }),
  long,
  step: z
    .strictObject({
      above: z.int().meta({ description: "From this length of the prompt on, the price is higher." }),
      calls: countOut,
      cost: amountOut.meta({ description: "What these calls cost more than at the lower price." }),
    })
    .nullable(),
});

const maxTokensHint = z.strictObject({
  long,
  held: z
    .array(
      z.strictObject({
        ...call,
        calls: countOut,
        declared: countOut.meta({ description: "Output tokens that the holds declared, in total." }),
        used: countOut.meta({ description: "Output tokens that the calls used, in total." }),
        held: amountOut,
        cost: amountOut,
      }),
    )
    .meta({ description: "Models whose holds declare more than four times the output that the calls use." }),
  reached: countOut.meta({ description: "Held calls whose output was as long as declared: it may be cut off." }),
  ofHeld: countOut.meta({ description: "All held calls that declared their output." }),
});

export const costHintsAnswerSchema = z
  .strictObject({
    unit: z.string(),
    from: timeOut,
    to: timeOut,
    timezone: z.string(),
    spend: amountOut.meta({ description: "The cost of all calls of the range. A hint is worth at least 1 % of it." }),
    calls: countOut.meta({ description: "How many calls the hints are computed from: the latest ones." }),
    complete: z.boolean().meta({
      description: "Whether these are all calls. If not, `models` and `long` are extrapolated to all calls.",
    }),
    advice: z.strictObject({
      models: z.array(z.strictObject({ useCase: z.string(), model: z.string(), name: z.string(), cost: z.string() })),
      practices: z.array(
        z.strictObject({
          kind: z.enum(["models", "prompts", "caching", "max_tokens"]),
          title: z.string(),
          text: z.string(),
        }),
      ),
    }),
    models: z.array(modelHint),
    caching: cachingHint.nullable(),
    prompts: promptsHint,
    maxTokens: maxTokensHint,
  })
  .meta({ id: "CostHints" });
export type CostHints = z.infer<typeof costHintsAnswerSchema>;
