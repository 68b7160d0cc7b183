"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Card, CardHeader } from "@/components/ui/card";
import { Segments } from "@/components/ui/segments";
import type { IntervalName } from "@/lib/kernel/print-time";
import { Change } from "./change";
import { CHART_HEIGHT } from "./chart-place";
import { Legend } from "./legend";
import { useMeasure } from "./measure";
import type { Past, Stacked } from "./series";
import { SpendTable } from "./spend-table";
import { StackedBars } from "./stacked-bars";

export const VIEWS = ["chart", "table"] as const;
export type View = (typeof VIEWS)[number];

type Props = {
  id: string;
  title: string;
  stacked: Stacked;
  interval: IntervalName;
  /** The period before, bar by bar. */
  before?: Past | undefined;
  /** Which period that is: "than 1–30 Oct". */
  beforeNote?: ReactNode;
  /** Kept by the page when it is in its address. */
  view?: View;
  onView?: (view: View) => void;
  onNarrow?: ((index: number) => void) | undefined;
  onPick?: ((id: string) => void) | undefined;
  /** More switches beside "Chart | Table". */
  children?: ReactNode;
};

function Headline({ stacked, before, note }: { stacked: Stacked; before: Past | undefined; note: ReactNode }) {
  const t = useTranslations("charts");
  const look = useMeasure(stacked.measure);
  const total = look.print(stacked.total);
  return (
    <div className="mb-4 flex flex-wrap items-baseline gap-x-3 gap-y-1">
      <p className="text-2xl tabular-nums" title={total.exact}>
        {total.text}
      </p>
      {before ? <Change now={stacked.total} before={before.total} /> : null}
      {note && before && before.total > 0n ? <p className="text-muted text-sm">{note}</p> : null}
      {stacked.measure === "requests" ? null : (
        <p className="ml-auto text-muted text-sm tabular-nums">{t("calls", { count: Number(stacked.requests) })}</p>
      )}
    </div>
  );
}

/** A measure over time as bars or, switched over, as the table of the same numbers. */
export function SpendChart({ id, title, stacked, interval, before, beforeNote, children, ...rest }: Props) {
  const t = useTranslations("charts");
  const [own, setOwn] = useState<View>("chart");
  const { view = own, onView = setOwn, onNarrow, onPick } = rest;
  const parts = { stacked, before, interval, onNarrow };
  return (
    <Card aria-labelledby={id}>
      <CardHeader id={id} title={title}>
        <div className="flex flex-wrap gap-2">
          {children}
          <Segments
            label={t("showAs")}
            value={view}
            options={VIEWS.map((value) => ({ value, label: t(value) }))}
            onChange={onView}
          />
        </div>
      </CardHeader>
      <Headline stacked={stacked} before={before} note={beforeNote} />
      {view === "table" ? (
        <SpendTable {...parts} label={t("tableName", { title })} />
      ) : (
        <div className="relative" style={{ minHeight: CHART_HEIGHT }}>
          <StackedBars {...parts} label={title} />
          {stacked.series.length === 0 ? (
            <p className="pointer-events-none absolute inset-x-0 top-24 text-center text-muted">{t("empty")}</p>
          ) : null}
          <Legend series={stacked.series} compared={before !== undefined && before.total > 0n} onPick={onPick} />
        </div>
      )}
    </Card>
  );
}
