"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useMeasure } from "@/components/charts/measure";
import { stack } from "@/components/charts/series";
import { SpendChart } from "@/components/charts/spend-chart";
import { useFacts } from "@/components/context/facts";
import { useUsage } from "@/components/data/queries";
import { useRead } from "@/components/data/use-read";
import { Card } from "@/components/ui/card";
import { LoadError } from "@/components/ui/notice";
import { Segments } from "@/components/ui/segments";
import { Skeleton } from "@/components/ui/skeleton";
import { endpoints } from "@/lib/adapters/portal/endpoints";
import type { UsageAnswer } from "@/lib/usage/schema";
import { alignBefore } from "./align";
import { BothCard } from "./both-card";
import { BreakdownCard } from "./breakdown-card";
import { BeforeNote, CompareSwitch } from "./compare";
import { FilterBar } from "./filter-bar";
import { Header } from "./header";
import { HintsCard } from "./hints-card";
import { Log } from "./log";
import { type UsageNames, UsageNamesContext, useGroup } from "./names";
import { PathBar } from "./path-bar";
import { FILTERS, type FilterName, secondGroup } from "./state";
import { type Explorer, useExplorer } from "./use-explorer";

type PicturesProps = { explorer: Explorer; usage: UsageAnswer; before: UsageAnswer | undefined };

function Pictures({ explorer, usage, before }: PicturesProps) {
  const t = useTranslations("usage");
  const { unit, timeZone } = useFacts();
  const { state, question, intervals, set, narrow, filter } = explorer;
  // While the next response is loading, the page names the old data by its old query.
  const group = usage.groupBy[0] ?? state.group;
  const { label, order, nameOf } = useGroup(group);
  const { measure } = state;
  const look = useMeasure(measure);
  const [now, past] = useMemo(() => {
    const of = (answer: UsageAnswer) => stack(answer, group, unit.scale, order, { measure, nameOf });
    const stacked = of(usage);
    const interval = usage.interval ?? question.interval;
    const earlier = before && before.groupBy[0] === group ? of(before) : undefined;
    return [stacked, earlier && alignBefore(earlier, stacked, interval, timeZone)] as const;
  }, [usage, before, group, unit.scale, order, measure, nameOf, question.interval, timeZone]);
  const pick = (id: string) => {
    if (group.startsWith("tag:")) filter("tag", `${group.slice("tag:".length)}:${id}`);
    else filter(group as FilterName, id);
  };
  const starts = now.bars.map((bar) => bar.start);
  const filtered = FILTERS.some((name) => state[name] !== null);
  return (
    <>
      <SpendChart
        id="over-time"
        title={t("overTime", { measure: look.label })}
        stacked={now}
        before={past}
        beforeNote={past ? <BeforeNote explorer={explorer} /> : null}
        interval={usage.interval ?? question.interval}
        view={state.view}
        onView={(view) => set({ view })}
        onNarrow={starts.length > 1 ? (index) => narrow(starts[index] as string, starts[index + 1]) : undefined}
        onPick={pick}
      >
        <CompareSwitch explorer={explorer} />
        {intervals.length > 1 ? (
          <Segments
            label={t("interval")}
            value={question.interval}
            options={intervals.map((value) => ({ value, label: t(`intervals.${value}`) }))}
            onChange={(interval) => set({ interval })}
          />
        ) : null}
      </SpendChart>
      <BreakdownCard
        group={label}
        stacked={now}
        before={past}
        onPick={pick}
        empty={t(filtered ? "noCallsFiltered" : "noCalls")}
      />
    </>
  );
}

/** An ended period rarely changes. */
const PAST_FRESH_MS = 300_000;

function Answer({ explorer }: { explorer: Explorer }) {
  const t = useTranslations("usage");
  const { state, question } = explorer;
  const query = useUsage(question.usage);
  const before = useRead(endpoints.pastUsage, question.before, {
    enabled: state.compare,
    keepPrevious: true,
    staleTime: PAST_FRESH_MS,
  });
  if (query.data && !query.isError) {
    return <Pictures explorer={explorer} usage={query.data} before={state.compare ? before.data : undefined} />;
  }
  if (query.isError) {
    return (
      <Card>
        <LoadError what={t("theUsage")} onRetry={() => query.refetch()} />
      </Card>
    );
  }
  return (
    <>
      <Skeleton className="h-[25.5rem] rounded-card" />
      <Skeleton className="h-64 rounded-card" />
    </>
  );
}

type Props = {
  known: UsageNames;
  madeAt: string;
  /** Whether the catalogue has advice on costs, and the tag that tells repeated prompts. */
  hints: { tag: string | null } | null;
};

/** Calls of a range: usage and cost over time, by group, and each call. */
export function UsageExplorer({ known, madeAt, hints }: Props) {
  const t = useTranslations("usage");
  const explorer = useExplorer(madeAt);
  const { state } = explorer;
  const { both } = explorer.question;
  // Only the log knows a tag that usage is not summed by.
  const summed = state.tag === null || known.tags.includes(state.tag.split(":", 1)[0] ?? "");
  return (
    <UsageNamesContext value={known}>
      <Header explorer={explorer} />
      <FilterBar explorer={explorer} />
      <PathBar explorer={explorer} />
      <div className="grid gap-4">
        {summed ? <Answer explorer={explorer} /> : <Card>{t("onlyLogged", { tag: state.tag ?? "" })}</Card>}
        {both && summed ? <BothCard group={state.group} also={secondGroup(state) ?? ""} question={both} /> : null}
        {hints ? <HintsCard tag={hints.tag} /> : null}
        <Log explorer={explorer} />
      </div>
    </UsageNamesContext>
  );
}
