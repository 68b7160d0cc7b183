"use client";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { useFacts } from "@/components/context/facts";
import { useReadPages } from "@/components/data/use-read";
import { PageHeader } from "@/components/layout/page-header";
import { Card } from "@/components/ui/card";
import { DataTable } from "@/components/ui/data-table";
import type { DataColumn } from "@/components/ui/data-table-column";
import { Empty } from "@/components/ui/notice";
import { Amount } from "@/components/values/amount";
import { Time } from "@/components/values/time";
import { endpoints } from "@/lib/adapters/portal/endpoints";
import { printCount } from "@/lib/kernel/print-amount";
import type { Run } from "@/lib/usage/schema";
import { CostsCard } from "./costs-card";
import { type Change, FilterBar } from "./filter-bar";
import { RunSheet } from "./run-sheet";
import { useRunWords } from "./run-words";
import { isFiltered, questionOf, runsParsers } from "./state";

function useColumns(tags: readonly string[]): DataColumn<Run>[] {
  const t = useTranslations("runs");
  return useMemo(
    () => [
      {
        id: "started",
        header: t("started"),
        cell: (run) => <Time at={run.startedAt} precise />,
        fixed: true,
        phone: "when",
        className: "whitespace-nowrap sm:text-muted",
      },
      {
        id: "run",
        header: t("run"),
        cell: (run) => <span className="break-all font-mono text-sm">{run.id}</span>,
        fixed: true,
        phone: "what",
      },
      ...tags.map((tag, index) => ({
        id: `tag-${tag}`,
        header: tag.charAt(0).toUpperCase() + tag.slice(1),
        cell: (run: Run) => (run.tags[tag] ?? []).join(", "),
        className: "text-sm",
        ...(index === 0 && { phone: "where" as const }),
      })),
      { id: "models", header: t("models"), cell: (run) => run.models.join(", "), className: "text-muted text-sm" },
      { id: "calls", header: t("calls"), cell: (run) => printCount(String(run.calls)), align: "end" },
      {
        id: "cost",
        header: t("cost"),
        cell: (run) => <Amount of={run.cost} />,
        align: "end",
        fixed: true,
        phone: "amount",
      },
    ],
    [t, tags],
  );
}

/** Runs with what they cost, and what costs the most in them; `tags` are those that the catalogue sums by. */
export function Runs({ tags }: { tags: readonly string[] }) {
  const t = useTranslations("runs");
  const { timeZone } = useFacts();
  const { tag, label, singular } = useRunWords();
  const [state, set] = useQueryStates(runsParsers);
  const { search, from, to } = state;
  const question = useMemo(() => questionOf({ search, from, to }, timeZone), [search, from, to, timeZone]);
  const query = useReadPages(endpoints.runs, question.runs, { keepPrevious: true });
  const columns = useColumns(tags);
  const open = (change: Change) => void set(change, { history: "push" });
  const groups = [...tags.slice(0, 1).map((name) => `tag:${name}` as const), "model" as const];
  return (
    <>
      <PageHeader title={label} />
      <p className="mb-4 text-muted text-sm">{t("costsNote", { run: singular, plural: label.toLowerCase() })}</p>
      <div className="mb-4 grid gap-4 lg:grid-cols-2">
        {groups.map((by) => (
          <CostsCard key={by} by={by} range={question.costs} />
        ))}
      </div>
      <Card aria-label={label}>
        <DataTable
          name="runs"
          label={label}
          columns={columns}
          rows={query.data?.pages.flatMap((page) => page.data)}
          rowId={(run) => run.id}
          onOpen={(run) => open({ run: run.id })}
          openLabel={(run) => t("open", { id: run.id })}
          openId={state.run}
          more={query.hasNextPage}
          loadingMore={query.isFetchingNextPage}
          onMore={() => query.fetchNextPage()}
          failed={query.isError}
          onRetry={() => query.refetch()}
          toolbar={<FilterBar state={state} onChange={(change) => void set(change)} />}
          empty={<Empty>{isFiltered(state) ? t("noMatch") : t("empty", { tag })}</Empty>}
        />
      </Card>
      <RunSheet
        id={state.run}
        onClose={() => void set({ run: null, call: null })}
        call={state.call}
        onCall={(call) => void set({ call })}
      />
    </>
  );
}
