"use client";
import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Reader } from "@/components/actions/action";
import { useNow } from "@/components/context/use-now";
import { usePaths } from "@/components/context/use-paths";
import { useRead } from "@/components/data/use-read";
import { keyState } from "@/components/limits/key-state";
import { Badge } from "@/components/ui/badge";
import { buttonVariants } from "@/components/ui/button";
import type { KeyDetail } from "@/lib/accounts/schema";
import { endpoints } from "@/lib/adapters/portal/endpoints";
import type { UsageAnswer, UsageEventList } from "@/lib/usage/schema";
import type { KeyActions } from "./key-actions";
import { KeyButtons } from "./key-buttons";
import { KeyCalls, KeySpend } from "./key-calls";
import { KeyFacts } from "./key-facts";
import type { Person } from "./key-fields";
import { LimitCard } from "./limit-card";

type Props = {
  initial: KeyDetail;
  usage: UsageAnswer;
  calls: UsageEventList;
  reader: Reader;
  people: readonly Person[];
  url: string;
  actions: Omit<KeyActions, "create">;
};

const TONE = { working: "good", revoked: "critical", expired: "plain" } as const;

/** One key: limits, owner, thirty days, latest calls, and actions. */
export function KeyPage({ initial, usage, calls, reader, people, url, actions }: Props) {
  const paths = usePaths();
  const t = useTranslations("keys");
  const now = useNow();
  const { data: apiKey } = useRead(endpoints.key, { id: initial.id }, { initial });
  const state = keyState(apiKey, now);
  return (
    <>
      <nav aria-label={t("way")} className="mb-1 text-muted text-sm">
        <Link href={paths.keys as Route} className="underline-offset-4 hover:underline">
          {t("title")}
        </Link>
        <span aria-hidden="true"> / </span>
      </nav>
      <header className="mb-4 flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0">
          <h1 className="flex flex-wrap items-center gap-x-3 gap-y-1 wrap-anywhere font-semibold text-xl">
            {apiKey.name}
            <Badge tone={TONE[state]}>{t(`state.${state}`)}</Badge>
          </h1>
          <code translate="no" className="font-mono text-muted text-sm">{`sk_…${apiKey.hint}`}</code>
        </div>
        <KeyButtons apiKey={apiKey} state={state} reader={reader} people={people} url={url} actions={actions} />
      </header>
      <div className="grid gap-4 lg:grid-cols-12">
        <LimitCard apiKey={apiKey} state={state} reader={reader} setLimits={actions.setLimits} />
        <KeyFacts apiKey={apiKey} />
        <div className="min-w-0 lg:col-span-12">
          <KeySpend id={apiKey.id} initial={usage} />
        </div>
        <KeyCalls id={apiKey.id} initial={calls}>
          <Link
            href={`${paths.usage}?k=${encodeURIComponent(apiKey.id)}` as Route}
            className={buttonVariants({ variant: "ghost" })}
          >
            {t("calls.all")}
          </Link>
        </KeyCalls>
      </div>
    </>
  );
}
