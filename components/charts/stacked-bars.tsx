"use client";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFacts } from "@/components/context/facts";
import { useNow } from "@/components/context/use-now";
import { Skeleton } from "@/components/ui/skeleton";
import { type IntervalName, printIntervalLong } from "@/lib/kernel/print-time";
import { BarButtons } from "./bar-buttons";
import { BarDetails } from "./bar-details";
import { CHART_HEIGHT, PLACE } from "./chart-place";
import { type MeasureLook, useMeasure } from "./measure";
import { isRunning } from "./running";
import type { Past, Stacked } from "./series";

/** The drawing library comes after the page; the picture's place is kept for it. */
const BarPicture = dynamic(() => import("./bar-picture").then((file) => file.BarPicture), {
  ssr: false,
  loading: () => <Skeleton className="h-60" />,
});

/** The data of a picture of bars and of its table. */
export type BarsProps = {
  stacked: Stacked;
  before?: Past | undefined;
  interval: IntervalName;
  label: string;
  onNarrow?: ((index: number) => void) | undefined;
};

/** The text of each bar for screen readers. */
function useNames({ stacked, before, interval, onNarrow }: BarsProps, look: MeasureLook, running: readonly boolean[]) {
  const t = useTranslations("charts");
  const { timeZone } = useFacts();
  return stacked.bars.map((bar, at) => {
    const when = printIntervalLong(new Date(bar.start), interval, timeZone);
    const total = look.print(bar.total).exact;
    const past = before?.bars[at];
    const name = past
      ? t("barBefore", { when, total, before: look.print(past.total).exact })
      : t(running[at] ? "barRunning" : "bar", { when, total });
    return onNarrow ? t("barNarrow", { name }) : name;
  });
}

/** A measure over time, one bar an interval, stacked by series; behind each bar, paler, the one of the period before. */
export function StackedBars(props: BarsProps) {
  const { stacked, before, interval, label, onNarrow } = props;
  const t = useTranslations("charts");
  const { timeZone } = useFacts();
  const now = useNow();
  const look = useMeasure(stacked.measure);
  const [active, setActive] = useState<number | null>(null);
  const running = stacked.bars.map(({ start }) => isRunning(start, interval, now, timeZone));
  const names = useNames(props, look, running);
  const shown = active === null ? undefined : stacked.bars[active];
  return (
    <figure aria-label={label} className="relative" style={{ height: CHART_HEIGHT }}>
      <div aria-hidden="true">
        <BarPicture stacked={stacked} before={before} interval={interval} look={look} running={running} />
      </div>
      <BarButtons
        label={t("bars", { title: label, count: names.length })}
        names={names}
        active={active}
        onActive={setActive}
        onPress={onNarrow}
        place={PLACE}
      />
      {shown && active !== null ? (
        <div
          aria-hidden="true"
          className="pointer-events-none absolute top-0 z-10"
          style={besides((active + 0.5) / stacked.bars.length)}
        >
          <BarDetails
            bar={shown}
            before={before?.bars[active]}
            series={stacked.series}
            interval={interval}
            look={look}
            running={running[active] ?? false}
          />
        </div>
      ) : null}
    </figure>
  );
}

/** To the right of a bar in the left half, else to its left, so that it is not hidden and not cut off. */
function besides(middle: number): { left: string } | { right: string } {
  const width = `(100% - ${PLACE.left + PLACE.right}px)`;
  return middle < 0.5
    ? { left: `calc(${PLACE.left + 16}px + ${width} * ${middle})` }
    : { right: `calc(${PLACE.right + 16}px + ${width} * ${1 - middle})` };
}
