"use client";
import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { callName } from "@/components/context/call-names";
import { useFacts } from "@/components/context/facts";
import { usePaths } from "@/components/context/use-paths";
import { cn } from "@/components/ui/class-names";
import { Table, Td, Th } from "@/components/ui/table";
import { Amount } from "@/components/values/amount";
import { Time } from "@/components/values/time";
import type { TransactionAnswer, TransactionList } from "@/lib/ledger/schema";

/** On a phone, a row has two lines: name and amount, then time and balance. */
const CELL = "max-sm:h-auto max-sm:border-0 max-sm:p-0";

function useAbout() {
  const t = useTranslations("overview.transactions");
  const facts = useFacts();
  return ({ usage, description, resource }: TransactionAnswer): string | null =>
    (usage && callName(facts, usage)) ??
    description ??
    (resource && `${resource.type ?? t("resource")} ${resource.id}`);
}

function Row({ transaction, fresh }: { transaction: TransactionAnswer; fresh: boolean }) {
  const paths = usePaths();
  const t = useTranslations("overview.transactions");
  const type = useTranslations("ledger.type");
  const about = useAbout()(transaction);
  const href = `${paths.transactions}?open=${transaction.id}` as Route;
  return (
    <tr
      className={cn(
        "relative hover:bg-control/60 max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-x-3 max-sm:border-b max-sm:py-2",
        fresh && "animate-flash",
      )}
    >
      <Td className={cn(CELL, "whitespace-nowrap text-muted max-sm:order-3 max-sm:text-sm")}>
        <Time at={transaction.postedAt} precise />
      </Td>
      <Td className={cn(CELL, "max-sm:order-1 max-sm:min-w-0")}>
        <Link href={href} prefetch={false} className="after:absolute after:inset-0 hover:underline">
          {transaction.usage ? t("call") : type(transaction.type)}
          {about ? <span className="wrap-anywhere text-muted"> {about}</span> : null}
        </Link>
      </Td>
      <Td className={cn(CELL, "text-right max-sm:order-2")}>
        <Amount
          of={transaction.amount}
          signed
          {...(!transaction.amount.startsWith("-") && { className: "text-good" })}
        />
      </Td>
      <Td className={cn(CELL, "text-right text-muted max-sm:order-4 max-sm:text-sm")}>
        <Amount of={transaction.balanceAfter} kind="balance" />
      </Td>
    </tr>
  );
}

/** Movements of the balance, each leading to its entries; one that arrives while the page is open is lit up briefly. */
export function TransactionRows({ list }: { list: TransactionList }) {
  const t = useTranslations("overview.transactions");
  const [known] = useState(() => new Set(list.data.map(({ id }) => id)));
  return (
    <Table>
      <thead className="max-sm:sr-only">
        <tr>
          <Th>{t("time")}</Th>
          <Th>{t("what")}</Th>
          <Th className="text-right">{t("amount")}</Th>
          <Th className="text-right">{t("after")}</Th>
        </tr>
      </thead>
      <tbody>
        {list.data.map((transaction) => (
          <Row key={transaction.id} transaction={transaction} fresh={!known.has(transaction.id)} />
        ))}
      </tbody>
    </Table>
  );
}
