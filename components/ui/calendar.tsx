"use client";
import { DayPicker } from "react-day-picker";
import type { DateSpan } from "./date-span";

type Props = {
  value: Partial<DateSpan>;
  onChange: (value: Partial<DateSpan>) => void;
  latest?: string;
  earliest?: string;
};

/** The calendar works in the browser's zone with days only, so a local date there stands for the date here. */
const toDay = (date: string) => new Date(`${date}T00:00:00`);
const toDate = (day: Date) =>
  [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");

const ARROW =
  "grid size-8 touch:size-11 place-content-center rounded-control hover:bg-control aria-disabled:opacity-30";
const CLASSES = {
  months: "relative flex flex-wrap gap-6",
  month_caption: "flex h-8 touch:h-11 items-center justify-center font-medium",
  nav: "absolute inset-x-0 top-0 z-10 flex justify-between pointer-events-none [&>button]:pointer-events-auto",
  button_previous: ARROW,
  button_next: ARROW,
  chevron: "size-4 fill-muted",
  month_grid: "mt-1 border-collapse tabular-nums",
  weekday: "size-9 touch:size-11 touch:w-11 font-normal text-muted text-xs",
  day: "size-9 touch:size-11 p-0 text-center text-sm",
  day_button: "size-9 touch:size-11 rounded-control hover:bg-control disabled:pointer-events-none",
  today: "font-semibold text-accent",
  outside: "opacity-40",
  disabled: "opacity-40",
  hidden: "invisible",
  selected: "bg-accent-soft",
  range_start: "rounded-l-control [&>button]:bg-accent [&>button]:text-on-accent [&>button]:hover:bg-accent",
  range_end: "rounded-r-control [&>button]:bg-accent [&>button]:text-on-accent [&>button]:hover:bg-accent",
  range_middle: "",
} as const;

/** One or two months to choose the first and the last day in; weeks start on Monday. */
export default function Calendar({ value, onChange, latest, earliest }: Props) {
  const end = latest ? toDay(latest) : undefined;
  const start = earliest ? toDay(earliest) : undefined;
  return (
    <DayPicker
      mode="range"
      autoFocus
      weekStartsOn={1}
      selected={{ from: value.from ? toDay(value.from) : undefined, to: value.to ? toDay(value.to) : undefined }}
      onSelect={(range) =>
        onChange({ ...(range?.from && { from: toDate(range.from) }), ...(range?.to && { to: toDate(range.to) }) })
      }
      defaultMonth={value.to ? toDay(value.to) : (end ?? undefined)}
      disabled={[...(end ? [{ after: end }] : []), ...(start ? [{ before: start }] : [])]}
      {...(end && { endMonth: end, today: end })}
      {...(start && { startMonth: start })}
      classNames={CLASSES}
      className="w-fit"
    />
  );
}
