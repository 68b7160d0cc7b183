"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { cn } from "@/components/ui/class-names";
import { LiveText } from "@/components/ui/live-text";
import { levelSentences } from "@/lib/kernel/level-sentences";
import type { BalanceAnswer } from "@/lib/ledger/schema";
import { LevelActionLink } from "./level-action";
import { LEVELS } from "./levels";

/** The meaning of a low balance and the action; nothing while the balance is normal. */
export function LevelBanner({ balance }: { balance: BalanceAnswer }) {
  const t = useTranslations("level");
  const { unit, labels, may } = useFacts();
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
              <LiveText>{levelSentences(balance, { unit, payg: labels.payg, t })}</LiveText>{" "}
              <span className="font-medium">{t("advice", { advice: balance.advice })}</span>
              <LiveText>{balance.action && !may.manage ? ` ${t("askOwner")}` : null}</LiveText>
            </span>
          </p>
          <LevelActionLink
            action={balance.action}
            className={cn(
              "relative ml-8 font-medium underline underline-offset-4 touch:after:absolute touch:after:-inset-x-2 touch:after:-inset-y-3",
              level.text,
            )}
          />
        </section>
      ) : null}
    </>
  );
}
