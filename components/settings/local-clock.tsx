"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/facts";
import { printTime } from "@/components/format-time";
import { useNow } from "@/components/use-now";

/** What time it is where the organization counts its days. */
export function LocalClock() {
  const t = useTranslations("settings");
  const { timeZone } = useFacts();
  const now = useNow();
  return t("timeZoneNote", { time: printTime(now, now, timeZone) });
}
