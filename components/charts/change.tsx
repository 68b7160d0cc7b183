"use client";
import { ArrowDownRight, ArrowRight, ArrowUpRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { grouped } from "@/lib/kernel/locale";
import { changeOf } from "./series";

/** "12.3%" of tenths of a percent. */
function printPercent(tenths: number): string {
  const size = Math.abs(tenths);
  const rest = size % 10;
  return `${grouped(String(Math.floor(size / 10)))}${rest ? `.${rest}` : ""}%`;
}

/** "+12.3%" beside an arrow; the sentence is for who cannot see it. More is neither good nor bad, so it has no color. */
export function Change({ now, before }: { now: bigint; before: bigint }) {
  const t = useTranslations("charts");
  const change = changeOf(now, before);
  if (change === null) {
    return now === before ? null : <span className="text-muted text-sm">{t("new")}</span>;
  }
  const size = printPercent(change);
  const [Icon, sign, words] =
    change > 0
      ? ([ArrowUpRight, "+", t("more", { percent: size })] as const)
      : change < 0
        ? ([ArrowDownRight, "−", t("less", { percent: size })] as const)
        : ([ArrowRight, "", t("same")] as const);
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap text-muted text-sm tabular-nums">
      <Icon aria-hidden="true" className="size-3.5" />
      <span aria-hidden="true">{`${sign}${size}`}</span>
      <span className="sr-only">{words}</span>
    </span>
  );
}
