"use client";
import { useMemo } from "react";
import { stack } from "@/components/charts/series";
import { SpendChart } from "@/components/charts/spend-chart";
import { useFacts } from "@/components/facts";
import { useUsage } from "@/components/queries";
import { Card } from "@/components/ui/card";
import { LoadError } from "@/components/ui/notice";
import { Segments } from "@/components/ui/segments";
import { Skeleton } from "@/components/ui/skeleton";
import type { UsageAnswer } from "@/lib/usage/schema";
import { BreakdownCard } from "./breakdown-card";
import { FilterBar } from "./filter-bar";
import { Log } from "./log";
import { type Filters, useFilters } from "./use-filters";

const BY = [
  { value: "model", label: "By model" },
  { value: "endpoint", label: "By endpoint" },
] as const;
const INTERVALS = [
  { value: "day", label: "Days" },
  { value: "hour", label: "Hours" },
] as const;

function Charts({ usage, filters }: { usage: UsageAnswer; filters: Filters }) {
  const { unit, models, endpoints } = useFacts();
  const { values, set } = filters;
  const { by } = values;
  const stacked = useMemo(
    () => stack(usage, by, unit.scale, by === "model" ? models : endpoints),
    [usage, by, unit.scale, models, endpoints],
  );
  const interval = usage.interval ?? "day";
  return (
    <>
      <SpendChart id="spend" title="Spend over time" stacked={stacked} interval={interval}>
        <Segments label="Stacked by" value={by} options={BY} onChange={(value) => set({ by: value })} />
        <Segments
          label="Interval"
          value={filters.interval}
          options={INTERVALS}
          onChange={(value) => set({ interval: value })}
        />
      </SpendChart>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <BreakdownCard id="by-model" title="By model" by="model" usage={usage} />
        <BreakdownCard id="by-endpoint" title="By endpoint" by="endpoint" usage={usage} />
      </div>
    </>
  );
}

/** Calls of a range: where the money went over time, by model and by endpoint, and each call. */
export function Usage() {
  const filters = useFilters();
  const query = useUsage({ ...filters.filters, interval: filters.interval, groupBy: "endpoint,model" });
  return (
    <>
      <h1 className="mb-4 font-semibold text-xl">Usage</h1>
      <FilterBar filters={filters} />
      <div className="grid gap-4">
        {query.data ? (
          <Charts usage={query.data} filters={filters} />
        ) : query.isError ? (
          <Card>
            <LoadError what="The usage" onRetry={() => query.refetch()} />
          </Card>
        ) : (
          <>
            <Skeleton className="h-96 rounded-card" />
            <Skeleton className="h-64 rounded-card" />
          </>
        )}
        <Log filters={filters} />
      </div>
    </>
  );
}
