"use client";
import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Meter } from "@/components/ui/meter";
import { Time } from "@/components/values/time";
import { printMoney } from "@/lib/kernel/print-money";
import type { AutoTopUpFacts } from "./facts";

/** The charges of the running month and their limit. */
export function MonthCard({ standing, offer }: AutoTopUpFacts) {
  const t = useTranslations("autoTopUp.month");
  const { month, rule } = standing;
  const print = (minor: string) => printMoney(minor, offer.currency);
  const cap = rule?.monthlyCap?.amount ?? null;
  const charged = print(month.charged.amount);
  return (
    <Card aria-labelledby="month" className="lg:col-span-4">
      <h2 id="month" className="text-muted">
        {t("title")}
      </h2>
      <p className="mt-1 mb-3 text-2xl tabular-nums">{charged}</p>
      {cap === null ? (
        <p className="text-muted text-sm">{rule ? t("noCap") : t("charged")}</p>
      ) : (
        <>
          <Meter
            label={t("meter")}
            text={t("share", { charged, cap: print(cap) })}
            share={Math.min(1, Number(month.charged.amount) / Number(cap))}
          />
          <p className="mt-2 text-muted text-sm">{t("of", { cap: print(cap) })}</p>
        </>
      )}
      <p className="text-muted text-sm">{t.rich("until", { time: () => <Time at={month.endsAt} /> })}</p>
    </Card>
  );
}
