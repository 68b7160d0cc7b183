"use client";
import { useId } from "react";
import { Bar, BarChart, CartesianGrid, Cell, ResponsiveContainer, XAxis, YAxis } from "recharts";
import { useFacts } from "@/components/context/facts";
import { type IntervalName, printInterval } from "@/lib/kernel/print-time";
import { CHART_HEIGHT, PLACE } from "./chart-place";
import type { MeasureLook } from "./measure";
import type { Past, Series, Stacked } from "./series";
import { haveCents } from "./tick";
import { ticksFor } from "./ticks";

const WIDEST_BAR = 36;

type Props = {
  stacked: Stacked;
  before: Past | undefined;
  interval: IntervalName;
  look: MeasureLook;
  running: readonly boolean[];
};

/** The running interval is hatched: it is not over. */
function Hatches({ id, series }: { id: string; series: readonly Series[] }) {
  return (
    <defs>
      {series.map(({ id: name, color }, index) => (
        <pattern
          key={name}
          id={`${id}-${index}`}
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="6" height="6" fill={color} opacity="0.45" />
          <rect width="3" height="6" fill={color} />
        </pattern>
      ))}
    </defs>
  );
}

function pictureOf({ stacked, before, look }: Props) {
  const data = stacked.bars.map((bar, at) => ({
    start: bar.start,
    before: look.size(before?.bars[at]?.total ?? 0n),
    ...Object.fromEntries(stacked.series.map(({ id }, index) => [`s${index}`, look.size(bar.parts.get(id) ?? 0n)])),
  }));
  const ends = stacked.bars.flatMap((bar, at) => {
    const sizes = [...bar.parts.values()].map(look.size);
    const sum = (sign: 1 | -1) => sizes.reduce((all, size) => (size * sign > 0 ? all + size : all), 0);
    return [sum(1), sum(-1), data[at]?.before ?? 0];
  });
  return { data, ticks: ticksFor(Math.min(0, ...ends), Math.max(0, ...ends), look.whole) };
}

/** Recharts reads its children by type, so they are made by a function and not by a component. */
function barsOf({ stacked, running }: Props, id: string) {
  return stacked.series.map(({ id: name, color }, index) => (
    <Bar key={name} dataKey={`s${index}`} stackId="now" fill={color} isAnimationActive={false} maxBarSize={WIDEST_BAR}>
      {stacked.bars.map(({ start }, at) => (
        <Cell key={start} fill={running[at] ? `url(#${id}-${index})` : color} />
      ))}
    </Bar>
  ));
}

/** The bars as a picture; the table and the buttons are beside it. */
export function BarPicture(props: Props) {
  const { interval, look } = props;
  const { timeZone } = useFacts();
  const id = useId();
  const { data, ticks } = pictureOf(props);
  const cented = haveCents(ticks);
  return (
    <ResponsiveContainer width="100%" height={CHART_HEIGHT} initialDimension={{ width: 640, height: CHART_HEIGHT }}>
      <BarChart
        data={data}
        margin={{ top: PLACE.top, right: PLACE.right, bottom: 0, left: 0 }}
        accessibilityLayer={false}
        barCategoryGap="20%"
      >
        <Hatches id={id} series={props.stacked.series} />
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="start"
          height={PLACE.bottom}
          tickFormatter={(start: string) => printInterval(new Date(start), interval, timeZone)}
          tickLine={false}
          axisLine={{ stroke: "var(--line)" }}
          minTickGap={24}
        />
        <XAxis xAxisId="before" dataKey="start" hide />
        <YAxis
          width={PLACE.left}
          ticks={ticks}
          domain={[ticks[0] ?? 0, ticks.at(-1) || 1]}
          interval={0}
          tickLine={false}
          axisLine={false}
          tickFormatter={(size: number) => look.tick(size, cented)}
        />
        {props.before ? (
          <Bar
            xAxisId="before"
            dataKey="before"
            fill="var(--series-other)"
            fillOpacity={0.35}
            isAnimationActive={false}
            maxBarSize={WIDEST_BAR + 10}
          />
        ) : null}
        {barsOf(props, id)}
      </BarChart>
    </ResponsiveContainer>
  );
}
