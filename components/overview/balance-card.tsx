"use client";
import { type ReactNode, useState } from "react";
import { Amount } from "@/components/amount";
import { height } from "@/components/charts/series";
import { useFacts } from "@/components/facts";
import { LEVELS } from "@/components/level";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { parseAmount } from "@/lib/kernel/money";
import type { BalanceAnswer } from "@/lib/ledger/schema";

type Part = { name: string; amount: string; color: string };

/** Buckets in the order in which calls use them up. */
function partsOf(balance: BalanceAnswer, labels: ReturnType<typeof useFacts>["labels"]): Part[] {
  const { prepaid, plan } = balance;
  return [
    ...(plan ? [{ name: labels.plan, amount: plan.remaining, color: "var(--series-1)" }] : []),
    { name: labels.promotional, amount: prepaid.promotional, color: "var(--series-3)" },
    { name: labels.purchased, amount: prepaid.purchased, color: "var(--series-5)" },
    { name: "Adjustments", amount: prepaid.adjustment, color: "var(--series-2)" },
  ];
}

/** One bar of everything that remains; what is reserved lies hatched over what is used first. */
function SplitBar({ parts, held }: { parts: readonly Part[]; held: string }) {
  const { unit } = useFacts();
  const sizes = parts.map((part) => height(parseAmount(part.amount, unit.scale), unit.scale));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const share = (size: number) => `${total > 0 ? (100 * size) / total : 0}%`;
  return (
    <div aria-hidden="true" className="relative mt-5 flex h-2.5 gap-px overflow-hidden rounded-full bg-control">
      {parts.map((part, index) => (
        <div key={part.name} style={{ width: share(sizes[index] ?? 0), background: part.color }} />
      ))}
      <div
        className="absolute inset-y-0 left-0 opacity-80"
        style={{
          width: share(height(parseAmount(held, unit.scale), unit.scale)),
          background: "repeating-linear-gradient(135deg, var(--text) 0 2px, var(--card) 2px 6px)",
        }}
      />
    </div>
  );
}

function Row({
  name,
  color,
  hatched,
  children,
}: {
  name: string;
  color?: string;
  hatched?: boolean;
  children: ReactNode;
}) {
  const background = hatched ? "repeating-linear-gradient(135deg, var(--text) 0 2px, var(--card) 2px 5px)" : color;
  return (
    <tr>
      <th scope="row" className="flex items-center gap-2 py-1 text-left font-normal text-muted">
        <span aria-hidden="true" className="size-2.5 rounded-[3px]" style={{ background }} />
        {name}
      </th>
      <td className="py-1 text-right tabular-nums">{children}</td>
    </tr>
  );
}

/** What is available, first; under it where it comes from. */
export function BalanceCard({ balance }: { balance: BalanceAnswer }) {
  const { labels } = useFacts();
  const level = LEVELS[balance.level];
  const parts = partsOf(balance, labels);
  const [first] = useState(balance.available);
  return (
    <Card aria-labelledby="balance" className="lg:col-span-5">
      <div className="flex items-center justify-between gap-3">
        <h2 id="balance" className="text-muted">
          Available
        </h2>
        <span className={cn("flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-sm", level.soft, level.text)}>
          <level.icon aria-hidden="true" className="size-3.5" />
          {balance.level === "normal" ? `${level.word} · ${balance.advice}` : level.word}
        </span>
      </div>
      <p
        key={balance.available}
        data-testid="available"
        className={cn(
          "mt-1 rounded-control font-semibold text-2xl min-[380px]:text-3xl",
          balance.available !== first && "animate-flash",
        )}
      >
        <Amount of={balance.available} kind="balance" className="whitespace-normal" />
      </p>
      <SplitBar parts={parts} held={balance.held} />
      <table className="mt-3 w-full text-sm">
        <caption className="sr-only">Where the balance comes from</caption>
        <tbody>
          {parts.map(({ name, amount, color }) => (
            <Row key={name} name={name} color={color}>
              <Amount of={amount} kind="balance" />
            </Row>
          ))}
          <Row name="Reserved for calls that are running" hatched>
            <Amount of={balance.held === "0" ? "0" : `-${balance.held}`} kind="balance" />
          </Row>
          {balance.debt === "0" ? null : (
            <Row name="Owed" color="var(--critical)">
              <Amount of={`-${balance.debt}`} kind="balance" />
            </Row>
          )}
        </tbody>
      </table>
    </Card>
  );
}
