"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { usePaths } from "@/components/context/use-paths";
import { useBalance } from "@/components/data/queries";
import { LEVELS } from "@/components/level/levels";
import { cn } from "@/components/ui/class-names";
import { Amount } from "@/components/values/amount";
import type { BalanceAnswer } from "@/lib/ledger/schema";

/** Available credit, on every page; its color follows the level. */
export function BalancePill({ initial }: { initial: BalanceAnswer }) {
  const paths = usePaths();
  const t = useTranslations("shell");
  const { data = initial } = useBalance(initial);
  const level = LEVELS[data.level];
  return (
    <Link
      href={paths.overview}
      className={cn(
        "flex h-8 shrink-0 items-center gap-2 rounded-full px-3 font-medium text-sm",
        level.soft,
        level.text,
      )}
    >
      <level.icon aria-hidden="true" className="size-4" />
      <span className="sr-only">{t("balanceAvailable", { level: level.word })}</span>
      <Amount of={data.available} kind="balance" className={data.level === "normal" ? "text-text" : undefined} />
    </Link>
  );
}
