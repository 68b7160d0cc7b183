"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { useNow } from "@/components/context/use-now";
import { printDecimal } from "@/lib/kernel/print-amount";
import { printInterval, printRunningOut, shiftDate } from "@/lib/kernel/print-time";
import type { BalanceAnswer, BalanceHistory } from "@/lib/ledger/schema";
import { type Curve, curveOf } from "./curve";

const DAY_MS = 86_400_000;
const dayName = (date: string) => printInterval(new Date(`${date}T12:00:00Z`), "day", "UTC");

function Labels({ curve, first, last }: { curve: Curve; first: string; last: string | null }) {
  const t = useTranslations("overview.runway");
  return (
    <div aria-hidden="true" className="relative h-4 text-muted text-xs">
      <span className="absolute left-0">{first}</span>
      <span
        className="absolute whitespace-nowrap"
        style={{ left: `${curve.today.x}%`, transform: `translateX(${last ? "-50%" : "-100%"})` }}
      >
        {t("today")}
      </span>
      {last ? <span className="absolute right-0">{last}</span> : null}
    </div>
  );
}

/** The balance at the end of each day, and dashed how it continues at the present pace. */
export function Sparkline({ history, balance }: { history: BalanceHistory; balance: BalanceAnswer }) {
  const t = useTranslations("overview.runway");
  const { unit, timeZone } = useFacts();
  const now = useNow();
  const curve = curveOf(history.days, balance);
  const [first, last] = [history.days[0], history.days.at(-1)];
  if (!curve || !first || !last) return null;
  const print = (decimal: string) => printDecimal(decimal, unit, "balance").text;
  const { runway } = balance;
  const words = [
    t("chart", {
      count: history.days.length,
      from: print(first.closing),
      to: print(last.closing),
      least: print(curve.least),
    }),
  ];
  if (runway && curve.ahead) {
    const when = printRunningOut(new Date(now.getTime() + runway.days * DAY_MS), timeZone);
    words.push(curve.ahead.ends ? t("chartEnd", { when }) : t("chartOn"));
  }
  const end = curve.ahead ? dayName(shiftDate(last.date, curve.ahead.days)) : null;
  return (
    <figure className="mt-auto pt-4">
      <figcaption className="sr-only">{words.join(" ")}</figcaption>
      <div aria-hidden="true" className="relative">
        <svg
          viewBox="0 0 100 40"
          preserveAspectRatio="none"
          className="block h-14 w-full overflow-visible"
          aria-hidden="true"
        >
          <path d={curve.area} fill="var(--accent-soft)" />
          <path d={`M0 ${curve.zero}H100`} stroke="var(--line)" vectorEffect="non-scaling-stroke" />
          <path
            d={curve.line}
            fill="none"
            stroke="var(--accent)"
            strokeWidth="1.5"
            strokeLinejoin="round"
            vectorEffect="non-scaling-stroke"
          />
          {curve.ahead ? (
            <path
              d={curve.ahead.line}
              fill="none"
              stroke="var(--muted)"
              strokeWidth="1.5"
              strokeDasharray="4 3"
              vectorEffect="non-scaling-stroke"
            />
          ) : null}
        </svg>
        <span
          className="-translate-x-1/2 -translate-y-1/2 absolute size-1.5 rounded-full bg-accent"
          style={{ left: `${curve.today.x}%`, top: `${(100 * curve.today.y) / 40}%` }}
        />
      </div>
      <Labels curve={curve} first={dayName(first.date)} last={end} />
    </figure>
  );
}
