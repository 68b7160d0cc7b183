"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { Switch } from "@/components/ui/switch";
import { isDate } from "./range";
import { lastOf, useSpan } from "./range-name";
import type { Explorer } from "./use-explorer";

export function CompareSwitch({ explorer }: { explorer: Explorer }) {
  const t = useTranslations("usage");
  const { state, set } = explorer;
  return (
    <div className="flex h-9 items-center gap-2 text-sm">
      <span id="compare">{t("compare")}</span>
      <Switch checked={state.compare} onCheckedChange={(compare) => set({ compare })} aria-labelledby="compare" />
    </div>
  );
}

/** Which period the change is measured against. */
export function BeforeNote({ explorer }: { explorer: Explorer }) {
  const t = useTranslations("usage");
  const span = useSpan();
  const { timeZone } = useFacts();
  const { from = "", to = "" } = explorer.question.before;
  const days = isDate(from);
  return t("beforeNote", { range: days ? span(from, lastOf({ from, to, months: null }, timeZone)) : span(from, to) });
}
