"use client";
import { Bar, BarChart, CartesianGrid, Cell, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { useFacts } from "@/components/facts";
import { printAmount } from "@/components/format-amount";
import { type IntervalName, printInterval, printIntervalLong } from "@/components/format-time";
import { useNow } from "@/components/use-now";
import { height, type Series, type Stacked } from "./series";

const HEIGHT = 240;
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });
const cents = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
/** "0.60", but "4" and "1.2K": money has its cents where it has any. */
function printTick(value: number, money: boolean): string {
  const small = money && value >= 0.01 && value < 1_000 && !Number.isInteger(value);
  return (small ? cents : compact).format(value);
}
const HOUR_MS = 3_600_000;
const LENGTH_MS: Record<IntervalName, number> = {
  hour: HOUR_MS,
  day: 25 * HOUR_MS,
  week: 169 * HOUR_MS,
  month: 745 * HOUR_MS,
};

type Props = { stacked: Stacked; interval: IntervalName; label: string };

/** The bar that is pointed at: the total first, then the series by size, all exact. */
function Details({
  stacked,
  start,
  interval,
}: {
  stacked: Stacked;
  start: string | undefined;
  interval: IntervalName;
}) {
  const { unit, timeZone } = useFacts();
  const bar = stacked.bars.find((one) => one.start === start);
  if (!bar) return null;
  const parts = stacked.series.flatMap((series) => {
    const part = bar.parts.get(series.name);
    return part && part.requests !== 0n ? [{ series, part }] : [];
  });
  parts.sort((a, b) => (a.part.cost > b.part.cost ? -1 : 1));
  return (
    <div className="grid gap-1 rounded-control border bg-card p-3 text-sm tabular-nums shadow-lg">
      <p className="text-muted">{printIntervalLong(new Date(bar.start), interval, timeZone)}</p>
      <p className="font-medium">{printAmount(bar.total.cost, unit, "cost").exact}</p>
      {parts.map(({ series, part }) => (
        <p key={series.name} className="flex items-center gap-2">
          <span className="size-2.5 rounded-[3px]" style={{ background: series.color }} />
          <span className="text-muted">{series.name}</span>
          <span className="ml-auto pl-4">{printAmount(part.cost, unit, "cost").exact}</span>
        </p>
      ))}
    </div>
  );
}

/** The running interval is hatched: it is not over. */
function Hatches({ id, series }: { id: string; series: readonly Series[] }) {
  return (
    <defs>
      {series.map(({ name, color }, index) => (
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

/** Cost over time, one bar an interval, stacked by series. The figures themselves are in the table next to it. */
export function StackedBars({ stacked, interval, label }: Props) {
  const { unit, timeZone } = useFacts();
  const now = useNow().getTime();
  const data = stacked.bars.map((bar) => ({
    start: bar.start,
    ...Object.fromEntries(
      stacked.series.map(({ name }, index) => [`s${index}`, height(bar.parts.get(name)?.cost ?? 0n, unit.scale)]),
    ),
  }));
  const running = (start: string) => now - Date.parse(start) < LENGTH_MS[interval] && start === data.at(-1)?.start;
  return (
    <figure aria-label={label} style={{ height: HEIGHT }}>
      <ResponsiveContainer width="100%" height={HEIGHT} initialDimension={{ width: 640, height: HEIGHT }}>
        <BarChart data={data} margin={{ top: 8, right: 20, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <Hatches id="running" series={stacked.series} />
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="start"
            tickFormatter={(start: string) => printInterval(new Date(start), interval, timeZone)}
            tickLine={false}
            axisLine={{ stroke: "var(--line)" }}
            minTickGap={24}
          />
          <YAxis
            width={56}
            tickCount={5}
            tickLine={false}
            axisLine={false}
            domain={[(low: number) => Math.min(0, low), "auto"]}
            tickFormatter={(value: number) => `${unit.symbol}${printTick(value, unit.kind === "currency")}`}
          />
          <Tooltip
            cursor={{ fill: "var(--control)" }}
            isAnimationActive={false}
            content={({ active, label: start }) =>
              active ? <Details stacked={stacked} start={String(start)} interval={interval} /> : null
            }
          />
          {stacked.series.map(({ name, color }, index) => (
            <Bar
              key={name}
              dataKey={`s${index}`}
              name={name}
              stackId="cost"
              fill={color}
              isAnimationActive={false}
              maxBarSize={36}
            >
              {data.map(({ start }) => (
                <Cell key={start} fill={running(start) ? `url(#running-${index})` : color} />
              ))}
            </Bar>
          ))}
        </BarChart>
      </ResponsiveContainer>
    </figure>
  );
}
