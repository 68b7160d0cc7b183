"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFacts } from "@/components/context/facts";
import { Amount } from "@/components/values/amount";
import { type AmountKind, kindOfRest } from "@/lib/kernel/print-amount";
import type { BalanceAnswer } from "@/lib/ledger/schema";

type Part = { name: string; amount: string; kind: AmountKind; color: string };
const HATCHES = "repeating-linear-gradient(135deg, var(--text) 0 1.5px, var(--card) 1.5px 5px)";

/** Buckets in the order in which calls use them up; given credit and adjustments only where there are any. */
function useParts({ prepaid, plan }: BalanceAnswer): Part[] {
  const t = useTranslations("overview.balance");
  const { labels, grantsAtFirst } = useFacts();
  const given = grantsAtFirst || prepaid.promotional !== "0";
  const promotional: Part = {
    ...{ name: labels.promotional, amount: prepaid.promotional },
    ...{ kind: "balance", color: "var(--series-3)" },
  };
  return [
    ...(plan
      ? [
          {
            name: labels.plan,
            amount: plan.remaining,
            kind: kindOfRest(plan.remaining, plan.allowance),
            color: "var(--series-1)",
          },
        ]
      : []),
    ...(given ? [promotional] : []),
    { name: labels.purchased, amount: prepaid.purchased, kind: "balance", color: "var(--series-5)" },
    ...(prepaid.adjustment === "0"
      ? []
      : [{ name: t("adjustment"), amount: prepaid.adjustment, kind: "balance" as const, color: "var(--series-2)" }]),
  ];
}

/** One bar of all credit; the reserved part is hatched over the credit that calls use first. */
function SplitBar({ parts, held }: { parts: readonly Part[]; held: string }) {
  // Only a picture: every figure in words is printed from the amount.
  const sizes = parts.map(({ amount }) => Number(amount));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const share = (size: number) => `${total > 0 ? (100 * size) / total : 0}%`;
  return (
    <div aria-hidden="true" className="relative flex h-2.5 gap-px overflow-hidden rounded-full bg-control">
      {parts.map(({ name, color }, index) =>
        sizes[index] ? (
          <div key={name} className="min-w-0.5" style={{ width: share(sizes[index]), background: color }} />
        ) : null,
      )}
      {held === "0" ? null : (
        <div
          className="absolute inset-y-0 left-0 min-w-1.5 opacity-80"
          style={{ width: share(Number(held)), background: HATCHES }}
        />
      )}
    </div>
  );
}

function Row({ name, background, children }: { name: string; background: string; children: ReactNode }) {
  return (
    <tr>
      <th scope="row" className="flex items-center gap-2 py-1 text-left font-normal text-muted">
        <span aria-hidden="true" className="size-2.5 shrink-0 rounded-[3px]" style={{ background }} />
        {name}
      </th>
      <td className="py-1 pl-3 text-right tabular-nums">{children}</td>
    </tr>
  );
}

/** The parts of the balance: the bar, and below it a small table. */
export function BalanceParts({ balance }: { balance: BalanceAnswer }) {
  const t = useTranslations("overview.balance");
  const parts = useParts(balance);
  return (
    <>
      <SplitBar parts={parts} held={balance.held} />
      <table className="mt-3 w-full text-sm">
        <caption className="sr-only">{t("caption")}</caption>
        <tbody>
          {parts.map(({ name, amount, kind, color }) => (
            <Row key={color} name={name} background={color}>
              <Amount of={amount} kind={kind} />
            </Row>
          ))}
          <Row name={t("reserved")} background={HATCHES}>
            <Amount of={balance.held === "0" ? "0" : `-${balance.held}`} />
          </Row>
          {balance.debt === "0" ? null : (
            <Row name={t("owed")} background="var(--critical)">
              <Amount of={`-${balance.debt}`} kind="balance" className="text-critical" />
            </Row>
          )}
        </tbody>
      </table>
    </>
  );
}
