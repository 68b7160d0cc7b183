"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { useNow } from "@/components/context/use-now";
import { DateRange } from "@/components/ui/date-range";
import { Segments } from "@/components/ui/segments";
import { localDate } from "@/lib/kernel/print-time";
import { isDate, PRESETS, type Preset } from "./range";
import { useSpan } from "./range-name";
import type { Explorer } from "./use-explorer";

/** From when to when: a preset, or days of the calendar. */
export function RangeBar({ explorer }: { explorer: Explorer }) {
  const t = useTranslations("usage");
  const { timeZone } = useFacts();
  const span = useSpan();
  const now = useNow();
  const { state, setRange } = explorer;
  const { range } = state;
  const chosen = typeof range === "string" ? null : range;
  const dayOf = (moment: string) => (isDate(moment) ? moment : localDate(new Date(moment), timeZone));
  const days = chosen && { from: dayOf(chosen.from), to: dayOf(chosen.to) };
  return (
    <>
      <Segments<Preset | "">
        label={t("range")}
        value={typeof range === "string" ? range : ""}
        options={PRESETS.map((value) => ({ value, label: t(`preset.${value}`) }))}
        onChange={(preset) => preset && setRange(preset)}
      />
      <DateRange
        label={t("calendar")}
        placeholder={t("chooseDays")}
        value={days}
        onChange={setRange}
        latest={localDate(now, timeZone)}
        print={(value) => (chosen ? span(chosen.from, chosen.to) : span(value.from, value.to))}
      />
    </>
  );
}
