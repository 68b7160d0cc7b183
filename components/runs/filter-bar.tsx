"use client";
import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { useNow } from "@/components/context/use-now";
import { Button } from "@/components/ui/button";
import { DateRange } from "@/components/ui/date-range";
import { Input } from "@/components/ui/input";
import { localDate, printDate } from "@/lib/kernel/print-time";
import { isFiltered, NO_FILTERS, type RunsState } from "./state";

export type Change = Partial<{ [Name in keyof RunsState]: RunsState[Name] | null }>;
type Props = { state: RunsState; onChange: (change: Change) => void };

const printDay = (date: string) => printDate(new Date(`${date}T00:00:00Z`), "UTC");

/** The filters of the list; the address has all of them. */
export function FilterBar({ state, onChange }: Props) {
  const t = useTranslations("runs");
  const { timeZone } = useFacts();
  const today = localDate(useNow(), timeZone);
  const { search, from, to } = state;
  const value = from || to ? { from: from ?? to ?? today, to: to ?? today } : null;
  const commit = (text: string) => {
    const next = text.trim() || null;
    if (next !== search) onChange({ search: next });
  };
  return (
    <>
      <search className="relative w-72 max-w-full max-sm:w-full">
        <form
          // Back changes the address without the field, which then shows the address.
          key={search}
          onSubmit={(event) => {
            event.preventDefault();
            commit(String(new FormData(event.currentTarget).get("search") ?? ""));
          }}
        >
          <Search aria-hidden="true" className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted" />
          <Input
            name="search"
            aria-label={t("search")}
            placeholder={t("searchHint")}
            defaultValue={search ?? ""}
            spellCheck={false}
            autoComplete="off"
            enterKeyHint="search"
            maxLength={64}
            onBlur={(event) => commit(event.target.value)}
            className="pl-9 text-sm"
          />
        </form>
      </search>
      <DateRange
        label={t("dates")}
        placeholder={t("range")}
        value={value}
        latest={today}
        print={(span) =>
          span.from === span.to ? printDay(span.from) : `${printDay(span.from)} – ${printDay(span.to)}`
        }
        onChange={(span) => onChange({ from: span.from, to: span.to })}
      />
      {isFiltered(state) ? (
        <Button variant="ghost" className="text-sm" onClick={() => onChange(NO_FILTERS)}>
          {t("clear")}
        </Button>
      ) : null}
    </>
  );
}
