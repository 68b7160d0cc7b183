"use client";
import { useTranslations } from "next-intl";
import { Amount } from "@/components/values/amount";
import { printCount } from "@/lib/kernel/print-amount";
import type { CostHints } from "@/lib/usage/schema";
import { CallsLink } from "./calls-link";

const count = (value: number | string) => printCount(String(value));
/** Fewer answers that are as long as declared say nothing. */
const LEAST_REACHED_SHARE = 0.01;

type LongProps = { text: "longPrompts" | "longAnswers"; of: NonNullable<CostHints["prompts"]["long"]> };

/** Calls whose prompt or answer is unusually long, with what it costs. */
function Long({ text, of: { calls, longest, median, saves } }: LongProps) {
  const t = useTranslations("usage.hints");
  const counts = { calls: Number(calls), longest: count(longest), median: count(median) };
  return <li>{t.rich(text, { ...counts, amount: () => <Amount of={saves} /> })}</li>;
}

/** The share of prompts in the cost, and what unusually long ones cost. */
export function PromptHints({ hints: { share, cost, long, step } }: { hints: CostHints["prompts"] }) {
  const t = useTranslations("usage.hints");
  if (share === 0) return null;
  return (
    <ul className="grid gap-1">
      <li>{t.rich("promptShare", { share, amount: () => <Amount of={cost} /> })}</li>
      {long ? <Long text="longPrompts" of={long} /> : null}
      {step ? (
        <li>
          {t.rich("step", {
            calls: Number(step.calls),
            above: count(step.above),
            amount: () => <Amount of={step.cost} />,
          })}
        </li>
      ) : null}
    </ul>
  );
}

function Held({ of }: { of: CostHints["maxTokens"]["held"][number] }) {
  const t = useTranslations("usage.hints");
  return (
    <li>
      {t.rich("held", {
        link: (chunks) => (
          <CallsLink endpoint={of.endpoint} model={of.model}>
            {chunks}
          </CallsLink>
        ),
        model: of.model,
        calls: Number(of.calls),
        declared: count(of.declared),
        used: count(of.used),
        held: () => <Amount of={of.held} />,
        cost: () => <Amount of={of.cost} />,
      })}
    </li>
  );
}

/** What unusually long answers cost, and holds that are far above or as low as what calls use. */
export function MaxTokensHints({ hints: { long, held, reached, ofHeld } }: { hints: CostHints["maxTokens"] }) {
  const t = useTranslations("usage.hints");
  const cut = Number(reached) > 0 && Number(reached) >= Number(ofHeld) * LEAST_REACHED_SHARE;
  return (
    <ul className="grid gap-1">
      {long ? <Long text="longAnswers" of={long} /> : null}
      {held.map((row) => (
        <Held key={`${row.endpoint} ${row.model}`} of={row} />
      ))}
      {cut ? <li>{t("reached", { reached: Number(reached), held: count(ofHeld) })}</li> : null}
    </ul>
  );
}
