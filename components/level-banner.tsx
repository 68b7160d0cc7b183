"use client";
import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/facts";
import { printDecimal, type UnitFacts } from "@/components/format-amount";
import { LEVELS } from "@/components/level";
import { cn } from "@/components/ui/class-names";
import { usePaths } from "@/components/use-paths";
import type { BalanceAnswer } from "@/lib/ledger/schema";
import { lasting } from "./lasting";

type Translator = ReturnType<typeof useTranslations<"level">>;

/** What is left and what happens then, in one or two sentences. */
export function levelSentences(balance: BalanceAnswer, unit: UnitFacts, t: Translator): string {
  const print = (decimal: string) => printDecimal(decimal, unit, "balance").text;
  if (balance.debt !== "0") return `${t("owed", { owed: print(balance.debt) })} ${t("refusedOwed")}`;
  const left = print(balance.available);
  if (balance.available === "0" || balance.available.startsWith("-"))
    return `${t("left", { left })} ${t("refusedNow")}`;
  const { runway, payg } = balance;
  const ending = payg && !payg.enabled ? t("refusedWithoutPlan") : t("refusedAt", { zero: zeroOf(unit) });
  if (!runway) return `${t("left", { left })} ${ending}`;
  const { key, count } = lasting(runway.days);
  return `${t("leftFor", { left, lasting: t(`lasting.${key}`, { count }) })} ${ending}`;
}

/** "$0", "0 credits": nobody reads the cents of nothing. */
function zeroOf(unit: UnitFacts): string {
  return unit.kind === "currency" ? `${unit.symbol}0` : printDecimal("0", unit, "balance").text;
}

/** What a low balance means and the one thing to do; nothing while the balance is normal. */
export function LevelBanner({ balance }: { balance: BalanceAnswer }) {
  const paths = usePaths();
  const t = useTranslations("level");
  const { unit, labels } = useFacts();
  const pathname = usePathname();
  const level = LEVELS[balance.level];
  const word = t(`word.${balance.level}`);
  const raised = balance.level !== "normal";
  return (
    <>
      {/* Spoken when the level changes, not with every call that moves the amount. */}
      <p role="status" className="sr-only">
        {raised ? t("announced", { word, advice: balance.advice }) : null}
      </p>
      {raised ? (
        <section
          aria-label={t("name")}
          className={cn(
            "mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 rounded-card px-4 py-3",
            level.soft,
          )}
        >
          <p className="flex min-w-0 gap-3">
            <level.icon aria-hidden="true" className={cn("size-5 shrink-0", level.text)} />
            <span>
              <strong className={cn("font-medium", level.text)}>{t("headline", { word })}</strong>{" "}
              {levelSentences(balance, unit, t)}{" "}
              <span className="font-medium">{t("advice", { advice: balance.advice })}</span>
            </span>
          </p>
          {pathname === paths.addFunds || labels.topUp === null ? null : (
            <Link
              href={paths.addFunds as Route}
              className={cn(
                "relative ml-8 font-medium underline underline-offset-4 touch:after:absolute touch:after:-inset-x-2 touch:after:-inset-y-3",
                level.text,
              )}
            >
              {labels.topUp}
            </Link>
          )}
        </section>
      ) : null}
    </>
  );
}
