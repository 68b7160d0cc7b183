"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useRead } from "@/components/data/use-read";
import { Card, CardHeader } from "@/components/ui/card";
import { LoadError } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { Amount } from "@/components/values/amount";
import { endpoints } from "@/lib/adapters/portal/endpoints";
import { printCount } from "@/lib/kernel/print-amount";
import type { CostHints } from "@/lib/usage/schema";
import { CallsLink } from "./calls-link";
import { MaxTokensHints, PromptHints } from "./length-hints";
import { ModelAdvice, ModelHints } from "./model-hints";

type Practice = CostHints["advice"]["practices"][number];

/** A few prompts are enough to find the rest. */
const MOST_SHOWN = 3;
const SHOWN_CHARACTERS = 12;
/** The sums are of a month, so they change slowly. */
const FRESH_MS = 300_000;

function CachingHint({ hint, tag }: { hint: NonNullable<CostHints["caching"]>; tag: string }) {
  const t = useTranslations("usage.hints");
  const { calls, prompts, most } = hint;
  return (
    <>
      <p>{t("repeated", { calls: printCount(String(calls)), prompts: printCount(String(prompts)) })}</p>
      <ul className="mt-1 grid gap-1 text-sm">
        {most.slice(0, MOST_SHOWN).map(({ endpoint, model, fingerprint, ...row }) => (
          <li key={`${endpoint} ${model} ${fingerprint}`}>
            <CallsLink endpoint={endpoint} model={model} tag={`${tag}:${fingerprint}`}>
              <span className="font-mono">{fingerprint.slice(0, SHOWN_CHARACTERS)}…</span>
            </CallsLink>{" "}
            <span className="text-muted">
              {t.rich("repeatedOne", {
                model,
                calls: Number(row.calls),
                amount: () => <Amount of={row.cost} />,
              })}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Saves({ of }: { of: string }) {
  const t = useTranslations("usage.hints");
  return (
    <p className="whitespace-nowrap font-medium tabular-nums">
      {t.rich("saves", { amount: () => <Amount of={of} /> })}
    </p>
  );
}

/** A practice of the operator's page: its words, and below them what they are worth here. */
function Section({
  practice,
  saves,
  children,
}: {
  practice: Practice;
  saves?: string | undefined;
  children: ReactNode;
}) {
  return (
    <section className="border-t py-4 first:border-0 first:pt-0 last:pb-0" aria-label={practice.title}>
      <header className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="font-medium">{practice.title}</h3>
        {saves === undefined ? null : <Saves of={saves} />}
      </header>
      <p className="mb-2 max-w-prose text-muted text-sm">{practice.text}</p>
      {children}
    </section>
  );
}

function Hint({ kind, hints, tag }: { kind: Practice["kind"]; hints: CostHints; tag: string | null }) {
  if (kind === "models") {
    return (
      <>
        <ModelHints hints={hints.models} />
        <ModelAdvice models={hints.advice.models} />
      </>
    );
  }
  if (kind === "caching" && hints.caching && tag) return <CachingHint hint={hints.caching} tag={tag} />;
  if (kind === "prompts") return <PromptHints hints={hints.prompts} />;
  if (kind === "max_tokens") return <MaxTokensHints hints={hints.maxTokens} />;
  return null;
}

/** What following a practice could have saved, where it is one figure. */
function savesOf(kind: Practice["kind"], { caching, prompts, maxTokens }: CostHints): string | undefined {
  if (kind === "caching") return caching?.saves;
  if (kind === "prompts") return prompts.long?.saves;
  return kind === "max_tokens" ? maxTokens.long?.saves : undefined;
}

/** The operator's advice on costs, each with what the last 30 days could have cost less. */
export function HintsCard({ tag }: { tag: string | null }) {
  const t = useTranslations("usage.hints");
  const query = useRead(endpoints.costHints, {}, { staleTime: FRESH_MS });
  const hints = query.data;
  return (
    <Card aria-labelledby="cost-optimization">
      <CardHeader id="cost-optimization" title={t("title")} />
      {query.isError ? (
        <LoadError what={t("title")} onRetry={() => query.refetch()} />
      ) : hints === undefined ? (
        <Skeleton className="h-[40rem]" />
      ) : (
        <>
          <p className="mb-4 text-sm">
            {t.rich(hints.calls === 0 ? "basisNone" : hints.complete ? "basis" : "basisLatest", {
              calls: printCount(String(hints.calls)),
              amount: () => <Amount of={hints.spend} />,
            })}
          </p>
          {hints.advice.practices.map((practice) => (
            <Section key={practice.kind} practice={practice} saves={savesOf(practice.kind, hints)}>
              <Hint kind={practice.kind} hints={hints} tag={tag} />
            </Section>
          ))}
        </>
      )}
    </Card>
  );
}
