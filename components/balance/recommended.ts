"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { printDecimal } from "@/lib/kernel/print-amount";

/** What the operator recommends to keep, in a sentence; nothing where it recommends nothing. */
export function useRecommended(): string | null {
  const t = useTranslations("billing.balance");
  const { recommendedBalance, unit } = useFacts();
  return recommendedBalance && t("recommended", { amount: printDecimal(recommendedBalance, unit).text });
}
