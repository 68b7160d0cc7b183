/** Hints as they stand on the wire; each only where it is worth reading. */
import type { Unit } from "@/lib/catalogue/schema";
import { formatAmount } from "@/lib/kernel/money";
import { jsonCount } from "@/lib/kernel/wire";
import type { AnswerHint, LongHint, PromptHint } from "./hint-lengths";
import type { ModelHint } from "./hint-models";
import type { CostHints } from "./hint-schema";
import type { Repeats } from "./hint-store";

/** A hint is worth reading from 1 % of the range's spend on, and from five hundredths of the unit on. */
export function isWorth(saves: bigint, spend: bigint, scale: number): boolean {
  return saves * 100n >= spend && saves * 20n >= 10n ** BigInt(scale);
}

export type AllHints = {
  models: readonly ModelHint[];
  repeats: Repeats;
  prompts: PromptHint;
  answers: AnswerHint;
};
type Answers = Pick<CostHints, "models" | "caching" | "prompts" | "maxTokens">;

export function hintAnswers({ models, repeats, prompts, answers }: AllHints, spend: bigint, { scale }: Unit): Answers {
  const amount = (value: bigint) => formatAmount(value, scale);
  const worth = (saves: bigint) => isWorth(saves, spend, scale);
  const long = ({ median, longest, calls, saves }: LongHint) =>
    worth(saves)
      ? { median: jsonCount(median), longest: jsonCount(longest), calls: jsonCount(calls), saves: amount(saves) }
      : null;
  const step = prompts.step && worth(prompts.step.cost) ? prompts.step : null;
  const held = answers.held.filter((row) => worth(row.held - row.cost));
  return {
    models: models
      .filter(({ cost, wouldCost }) => worth(cost - wouldCost))
      .map(({ endpoint, model, suggested, longerThan, calls, cost, wouldCost }) => ({
        ...{ endpoint, model, useCase: suggested.useCase, suggested: suggested.model },
        longerThan,
        longestPrompt: suggested.longestPrompt ?? null,
        calls: jsonCount(calls),
        ...{ cost: amount(cost), wouldCost: amount(wouldCost), saves: amount(cost - wouldCost) },
      })),
    caching: worth(repeats.cost)
      ? {
          prompts: jsonCount(repeats.prompts),
          calls: jsonCount(repeats.calls),
          saves: amount(repeats.cost),
          most: repeats.most.map((row) => ({ ...row, calls: jsonCount(row.calls), cost: amount(row.cost) })),
        }
      : null,
    prompts: {
      ...{ share: prompts.share, cost: amount(prompts.inputCost) },
      long: long(prompts),
      step: step && { above: step.above, calls: jsonCount(step.calls), cost: amount(step.cost) },
    },
    maxTokens: {
      long: long(answers),
      held: held.map((row) => ({
        ...{ endpoint: row.endpoint, model: row.model, calls: jsonCount(row.calls) },
        ...{ declared: jsonCount(row.declared), used: jsonCount(row.used) },
        ...{ held: amount(row.held), cost: amount(row.cost) },
      })),
      ...{ reached: jsonCount(answers.reached), ofHeld: jsonCount(answers.ofHeld) },
    },
  };
}
