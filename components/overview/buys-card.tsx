"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { inSentence } from "@/components/format/in-sentence";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { floorSignificant, parseAmount } from "@/lib/kernel/money";
import { printCount } from "@/lib/kernel/print-amount";
import type { BalanceAnswer } from "@/lib/ledger/schema";

/** `cost` is the base price of one such call, as a decimal of the unit. */
export type Baseline = { label: string; singular: string; cost: string };
const SIGNIFICANT_DIGITS = 2;

/** How many calls at base price the balance pays for: about, rounded down; exactly when pointed at. */
export function BuysCard({
  balance,
  baseline,
  className,
}: {
  balance: BalanceAnswer;
  baseline: readonly Baseline[];
  className?: string;
}) {
  const t = useTranslations("overview.buys");
  const { unit, labels } = useFacts();
  const spendable = parseAmount(balance.spendable, unit.scale);
  // Before the first call there is no balance yet: it brings what can be spent.
  const atFirst = balance.available === "0" && spendable > 0n;
  return (
    <Card aria-labelledby="buys" className={cn(className)}>
      <h2 id="buys" className="text-muted">
        {atFirst ? t("titleFirst", { label: inSentence(labels.promotional) }) : t("title")}
      </h2>
      <ul className="mt-2 grid gap-3">
        {baseline.map(({ label, singular, cost }) => {
          const exact = spendable / parseAmount(cost, unit.scale);
          return (
            <li key={label}>
              <span className="text-xl" title={t("exactly", { count: printCount(exact.toString()) })}>
                {exact === 0n
                  ? "0"
                  : t("about", { count: printCount(floorSignificant(exact, SIGNIFICANT_DIGITS).toString()) })}
              </span>{" "}
              <span className="text-muted">{exact === 1n ? singular : label}</span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
