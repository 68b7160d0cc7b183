"use client";
import { TriangleAlert } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { usePaths } from "@/components/context/use-paths";
import { LiveText } from "@/components/ui/live-text";
import { printDecimal } from "@/lib/kernel/print-amount";
import type { BalanceAnswer } from "@/lib/ledger/schema";

/** Where auto top-up stands, in a few words; nothing where it is not offered. */
export function AutoTopUpLink({ of }: { of: BalanceAnswer["autoTopUp"] }) {
  const paths = usePaths();
  const t = useTranslations("overview.autoTopUp");
  const { labels, unit, may } = useFacts();
  const label = labels.autoTopUp;
  // Only a reader who may buy can switch it on.
  if (label === null || (of.state === "off" && !may.buy)) return null;
  const threshold = printDecimal(of.threshold ?? "0", unit).text;
  const text =
    of.state === "waiting" ? t(`waiting.${of.reason ?? "gap"}`, { label }) : t(of.state, { label, threshold });
  return (
    <Link
      href={paths.autoTopUp as Route}
      className="flex items-center gap-1.5 text-muted underline underline-offset-4 hover:text-text"
    >
      {of.state === "waiting" ? <TriangleAlert aria-hidden="true" className="size-3.5 shrink-0 text-warning" /> : null}
      <LiveText>{text}</LiveText>
    </Link>
  );
}
