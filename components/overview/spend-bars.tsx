"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { haveCents, printTick } from "@/components/charts/tick";
import { useFacts } from "@/components/context/facts";
import { useNow } from "@/components/context/use-now";
import { formatAmount } from "@/lib/kernel/money";
import { printAmount } from "@/lib/kernel/print-amount";
import { localDate, printInterval, printIntervalLong } from "@/lib/kernel/print-time";
import { ticksFor } from "./axis";
import type { Spend, SpendDay } from "./spend";

const LABEL_EVERY = 5;

/** The running interval is hatched. */
const hatched = (color: string) =>
  `repeating-linear-gradient(135deg, ${color} 0 3px, color-mix(in oklch, ${color} 45%, var(--card)) 3px 6px)`;

/** The day that is pointed at: the total first, then its parts by size, all exact. */
function Details({ spend, day, place }: { spend: Spend; day: SpendDay; place: number }) {
  const t = useTranslations("overview.spend");
  const { unit, timeZone } = useFacts();
  const exact = (amount: bigint) => printAmount(amount, unit).exact;
  const parts = (spend.series.length > 1 ? spend.series : [])
    .map((series, index) => ({ ...series, cost: day.parts[index] ?? 0n }))
    .filter(({ cost }) => cost !== 0n)
    .sort((a, b) => (a.cost > b.cost ? -1 : 1));
  return (
    <div
      className="pointer-events-none absolute top-0 z-10 grid min-w-44 gap-1 rounded-control border bg-card p-3 text-sm tabular-nums shadow-lg"
      style={place < 0.5 ? { left: `${place * 100 + 3}%` } : { right: `${(1 - place) * 100 + 1}%` }}
    >
      <p className="text-muted">{printIntervalLong(new Date(day.start), "day", timeZone)}</p>
      <p className="font-medium">{exact(day.total)}</p>
      {parts.map(({ name, color, cost }) => (
        <p key={name} className="flex items-center gap-2 whitespace-nowrap">
          <span className="size-2.5 rounded-[3px]" style={{ background: color }} />
          <span className="text-muted">{name ?? t("other")}</span>
          <span className="ml-auto pl-4">{exact(cost)}</span>
        </p>
      ))}
    </div>
  );
}

function Grid({ ticks }: { ticks: readonly number[] }) {
  const { unit } = useFacts();
  const top = ticks.at(-1) ?? 1;
  const cented = unit.kind === "currency" && haveCents(ticks);
  return ticks.map((tick) => (
    <div key={tick} className="absolute inset-x-0 border-line border-t" style={{ bottom: `${(100 * tick) / top}%` }}>
      <span className="-translate-y-1/2 absolute right-full pr-2 text-muted text-xs tabular-nums">
        {`${unit.symbol ?? ""}${printTick(tick, cented)}`}
      </span>
    </div>
  ));
}

/**
 * Spend by day, stacked by model or endpoint; the card's switch shows the same figures as a table. Drawn by hand and not by
 * Recharts, which the usage page has: Overview opens after each sign-in, and so loads 45 kB less.
 */
export function SpendBars({ spend, label }: { spend: Spend; label: string }) {
  const { unit, timeZone } = useFacts();
  const now = useNow();
  const [pointed, setPointed] = useState<number>();
  // Only a picture: a day on which more was given back than used is drawn as empty.
  const size = (amount: bigint) => Math.max(0, Number(formatAmount(amount, unit.scale)));
  const sizes = spend.days.map((day) => day.parts.map(size));
  const ticks = ticksFor(Math.max(0, ...sizes.map((parts) => parts.reduce((sum, part) => sum + part, 0))));
  const top = ticks.at(-1) ?? 1;
  const count = spend.days.length;
  const today = localDate(now, timeZone);
  const day = pointed === undefined ? undefined : spend.days[pointed];
  return (
    <figure aria-label={label} className="relative flex h-full flex-col pt-2 pr-2 pl-14">
      <div aria-hidden="true" className="relative min-h-[200px] flex-1" onPointerLeave={() => setPointed(undefined)}>
        <Grid ticks={ticks} />
        <div className="absolute inset-0 flex">
          {spend.days.map(({ start }, index) => (
            <div
              key={start}
              className="flex h-full flex-1 flex-col-reverse items-center hover:bg-control/60"
              onPointerEnter={() => setPointed(index)}
            >
              {spend.series.map(({ name, color }, place) => (
                <div
                  key={name}
                  className="w-[72%] max-w-8 shrink-0"
                  style={{
                    height: `${(100 * (sizes[index]?.[place] ?? 0)) / top}%`,
                    background: localDate(new Date(start), timeZone) === today ? hatched(color) : color,
                  }}
                />
              ))}
            </div>
          ))}
        </div>
        {day && pointed !== undefined ? <Details spend={spend} day={day} place={(pointed + 0.5) / count} /> : null}
      </div>
      <div aria-hidden="true" className="relative mt-2 h-4 text-muted text-xs">
        {spend.days.map(({ start }, index) =>
          (count - 1 - index) % LABEL_EVERY === 0 ? (
            <span
              key={start}
              className="-translate-x-1/2 absolute whitespace-nowrap max-sm:odd:hidden"
              style={{ left: `${((index + 0.5) / count) * 100}%` }}
            >
              {printInterval(new Date(start), "day", timeZone)}
            </span>
          ) : null,
        )}
      </div>
    </figure>
  );
}
