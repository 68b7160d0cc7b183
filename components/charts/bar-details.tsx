"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { LiveText } from "@/components/ui/live-text";
import { type IntervalName, printIntervalLong } from "@/lib/kernel/print-time";
import { Change } from "./change";
import { type MeasureLook, useSeriesName } from "./measure";
import type { Bar, Series } from "./series";

type Props = {
  bar: Bar;
  before: Bar | undefined;
  series: readonly Series[];
  interval: IntervalName;
  look: MeasureLook;
  running: boolean;
};

/** The bar that is pointed at: the total first, then the series by size, all exact. */
export function BarDetails({ bar, before, series, interval, look, running }: Props) {
  const t = useTranslations("charts");
  const { timeZone } = useFacts();
  const nameOf = useSeriesName();
  const when = (start: string) => printIntervalLong(new Date(start), interval, timeZone);
  const parts = series.flatMap((one) => {
    const value = bar.parts.get(one.id) ?? 0n;
    return value === 0n ? [] : [{ ...one, value }];
  });
  parts.sort((a, b) => (a.value > b.value ? -1 : 1));
  return (
    <div className="grid w-max min-w-48 max-w-80 gap-1 rounded-control border bg-card p-3 text-sm tabular-nums shadow-lg">
      <p className="text-muted">
        <LiveText>
          {when(bar.start)}
          {running ? ` · ${t("running")}` : ""}
        </LiveText>
      </p>
      <p className="flex items-center gap-2 font-medium">
        <LiveText>{look.print(bar.total).exact}</LiveText>
        {before ? <Change now={bar.total} before={before.total} /> : null}
      </p>
      {parts.map((part) => (
        <p key={part.id} className="flex items-center gap-2">
          <span className="size-2.5 shrink-0 rounded-[3px]" style={{ background: part.color }} />
          <span className="min-w-0 truncate text-muted">{nameOf(part)}</span>
          <span className="ml-auto pl-4">{look.print(part.value).exact}</span>
        </p>
      ))}
      {before ? (
        <p className="mt-1 flex gap-2 border-line border-t pt-1 text-muted">
          <LiveText>{t("periodBeforeAt", { when: when(before.start) })}</LiveText>
          <span className="ml-auto pl-4">{look.print(before.total).exact}</span>
        </p>
      ) : null}
    </div>
  );
}
