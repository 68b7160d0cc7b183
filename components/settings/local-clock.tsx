"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { useNow } from "@/components/context/use-now";
import { printTime } from "@/lib/kernel/print-time";

/** The present time in the organization's zone. */
export function LocalClock() {
  const t = useTranslations("settings");
  const { timeZone } = useFacts();
  const now = useNow();
  return t("timeZoneNote", { time: printTime(now, now, timeZone) });
}
