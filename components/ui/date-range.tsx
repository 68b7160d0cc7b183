"use client";
import { CalendarDays } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button } from "./button";
import type { DateSpan } from "./date-span";
import { Popover } from "./popover";
import { Skeleton } from "./skeleton";

type Props = {
  value: DateSpan | null;
  onChange: (value: DateSpan) => void;
  /** The last day that can be chosen: today, in the organization's zone. */
  latest?: string;
  earliest?: string;
  label: string;
  /** Shown while nothing is chosen. */
  placeholder: string;
  /** Prints a chosen range. */
  print: (value: DateSpan) => string;
};

const Calendar = lazy(() => import("./calendar"));

/** A range of days from a calendar, which is loaded when it is opened. */
export function DateRange({ value, onChange, latest, earliest, label, placeholder, print }: Props) {
  const t = useTranslations("ui");
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState<Partial<DateSpan>>({});
  const change = (next: boolean) => {
    if (next) setDraft(value ?? {});
    setOpen(next);
  };
  const { from, to } = draft;
  const complete = from && to ? { from, to } : undefined;
  return (
    <Popover
      label={label}
      open={open}
      onOpenChange={change}
      className="grid gap-3"
      trigger={
        <Button aria-label={value ? `${label}: ${print(value)}` : label} className="font-normal">
          <CalendarDays aria-hidden="true" className="text-muted" />
          {value ? print(value) : placeholder}
        </Button>
      }
    >
      <Suspense fallback={<Skeleton className="h-72 w-64" />}>
        <Calendar value={draft} onChange={setDraft} {...(latest && { latest })} {...(earliest && { earliest })} />
      </Suspense>
      <footer className="flex items-center justify-end gap-2">
        <Button variant="ghost" onClick={() => setOpen(false)}>
          {t("cancel")}
        </Button>
        <Button
          variant="primary"
          disabled={!complete}
          onClick={() => {
            if (complete) onChange(complete);
            setOpen(false);
          }}
        >
          {t("apply")}
        </Button>
      </footer>
    </Popover>
  );
}
