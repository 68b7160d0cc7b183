"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { useNow } from "@/components/context/use-now";
import type { Setting } from "./grant-labels";

/** What sentences about the ledger are made with on this page. */
export function useSetting(): Setting {
  const { unit, timeZone } = useFacts();
  return { t: useTranslations("ledger"), unit, timeZone, now: useNow() };
}
