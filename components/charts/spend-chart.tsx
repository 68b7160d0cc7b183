"use client";
import { type ReactNode, useState } from "react";
import { useFacts } from "@/components/facts";
import { printAmount } from "@/components/format-amount";
import type { IntervalName } from "@/components/format-time";
import { Card, CardHeader } from "@/components/ui/card";
import { Empty } from "@/components/ui/notice";
import { Segments } from "@/components/ui/segments";
import type { Stacked } from "./series";
import { SpendTable } from "./spend-table";
import { StackedBars } from "./stacked-bars";

const VIEWS = [
  { value: "chart", label: "Chart" },
  { value: "table", label: "Table" },
] as const;

type Props = {
  id: string;
  title: string;
  stacked: Stacked;
  interval: IntervalName;
  /** More switches beside "Chart | Table". */
  children?: ReactNode;
};

/** Spend over time as bars or, switched over, as the table of the same numbers. */
export function SpendChart({ id, title, stacked, interval, children }: Props) {
  const { unit } = useFacts();
  const [view, setView] = useState<"chart" | "table">("chart");
  const total = printAmount(stacked.total.cost, unit, "cost");
  return (
    <Card aria-labelledby={id}>
      <CardHeader id={id} title={title}>
        <div className="flex flex-wrap gap-2">
          {children}
          <Segments label="Show as" value={view} options={VIEWS} onChange={setView} />
        </div>
      </CardHeader>
      <p className="mb-4 text-2xl tabular-nums" title={total.exact}>
        {total.text}
      </p>
      {stacked.series.length === 0 ? (
        <Empty>No calls in this range.</Empty>
      ) : view === "table" ? (
        <SpendTable stacked={stacked} interval={interval} label={`${title}, table`} />
      ) : (
        <>
          <StackedBars stacked={stacked} interval={interval} label={title} />
          <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-muted text-sm">
            {stacked.series.map(({ name, color }) => (
              <li key={name} className="flex items-center gap-2">
                <span aria-hidden="true" className="size-2.5 rounded-[3px]" style={{ background: color }} />
                {name}
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
