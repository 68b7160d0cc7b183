"use client";
import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useFacts } from "@/components/facts";
import { useNow } from "@/components/use-now";
import { apiRange, chosenDays, intervalFor, PRESETS, type Preset } from "./range";

const presets = PRESETS.map((preset) => preset.value);
export const DIMENSIONS = ["model", "endpoint"] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** What the page shows is all in its address, so that a link shows the same. */
export function useFilters() {
  const { timeZone } = useFacts();
  const now = useNow();
  const [values, set] = useQueryStates({
    range: parseAsStringLiteral<Preset>(presets).withDefault("30d"),
    from: parseAsString,
    to: parseAsString,
    interval: parseAsStringLiteral(["hour", "day"] as const),
    by: parseAsStringLiteral(DIMENSIONS).withDefault("model"),
    endpoint: parseAsString,
    model: parseAsString,
    refunded: parseAsBoolean.withDefault(false),
  });
  const days = chosenDays(values.from, values.to, values.range, now, timeZone);
  const custom = values.from !== null && values.to !== null;
  const interval = values.interval ?? intervalFor(days);
  const filters = {
    ...apiRange(days),
    timezone: timeZone,
    endpoint: values.endpoint ?? undefined,
    model: values.model ?? undefined,
  };
  return { values, set, days, custom, interval, filters };
}

export type Filters = ReturnType<typeof useFilters>;
