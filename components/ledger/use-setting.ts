"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { useNow } from "@/components/context/use-now";
import type { Setting } from "./grant-labels";

/** This page's facts for sentences about the ledger. */
export function useSetting(): Setting {
  const { unit, timeZone, labels, places } = useFacts();
  return {
    t: useTranslations("ledger"),
    unit,
    timeZone,
    now: useNow(),
    promotional: labels.promotional,
    plan: labels.plan,
    bought: labels.bought,
    autoTopUp: labels.autoTopUp ?? places.autoTopUp.at(-1) ?? "",
  };
}
