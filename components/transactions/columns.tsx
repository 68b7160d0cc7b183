"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useFacts } from "@/components/context/facts";
import { TransactionTypeName } from "@/components/ledger/transaction-type";
import type { DataColumn } from "@/components/ui/data-table-column";
import { Amount } from "@/components/values/amount";
import { Time } from "@/components/values/time";
import { resourceNamed, type TransactionAnswer } from "@/lib/ledger/schema";
import { whatOf } from "./what";

/** A key as far as a transaction names it. */
export type KeyName = { id: string; name: string; hint: string };

function What({ transaction }: { transaction: TransactionAnswer }) {
  const what = whatOf(transaction, useFacts());
  // On a phone most rows are calls, and what was called needs the room.
  const called = transaction.usage !== null && transaction.type === "deduction";
  return (
    <>
      <span className={called ? "sr-only sm:hidden" : "mr-2 sm:hidden"}>
        <TransactionTypeName type={transaction.type} />
      </span>
      {what ? <span className={called ? "" : "max-sm:text-muted"}>{what}</span> : null}
    </>
  );
}

/** A column for each of the catalogue's resources; without them, one that is not shown until it is chosen. */
function resourceColumns(resources: readonly string[], header: string): DataColumn<TransactionAnswer>[] {
  const className = "max-w-40 truncate text-muted sm:w-36";
  if (resources.length === 0) {
    const cell = ({ resource }: TransactionAnswer) =>
      resource && [resource.type, resource.id].filter(Boolean).join(" ");
    return [{ id: "resource", header, hidden: true, className, cell }];
  }
  return resources.map((name) => ({
    id: `resource-${name}`,
    header: name.charAt(0).toUpperCase() + name.slice(1),
    className,
    cell: (row) => resourceNamed(row, name),
  }));
}

/** The columns of the list; `keys` gives names to the ids of keys. */
export function useTransactionColumns(keys: readonly KeyName[]): readonly DataColumn<TransactionAnswer>[] {
  const t = useTranslations("transactions.column");
  const { resources } = useFacts();
  return useMemo(() => {
    const names = new Map(keys.map((key) => [key.id, key.name]));
    const columns: DataColumn<TransactionAnswer>[] = [
      {
        id: "time",
        header: t("time"),
        fixed: true,
        phone: "when",
        className: "whitespace-nowrap text-muted sm:w-32",
        cell: (row) => <Time at={row.postedAt} precise />,
      },
      {
        id: "type",
        header: t("type"),
        className: "sm:w-36",
        cell: (row) => <TransactionTypeName type={row.type} />,
      },
      {
        id: "what",
        header: t("what"),
        fixed: true,
        phone: "what",
        className: "sm:max-w-0 sm:truncate",
        cell: (row) => <What transaction={row} />,
      },
      ...resourceColumns(resources, t("resource")),
      {
        id: "key",
        header: t("key"),
        className: "max-w-40 truncate text-muted sm:w-40",
        cell: (row) => (row.key ? (names.get(row.key) ?? t("unknownKey")) : null),
      },
      {
        id: "amount",
        header: t("amount"),
        fixed: true,
        align: "end",
        phone: "amount",
        className: "whitespace-nowrap sm:w-32",
        cell: (row) => (
          <Amount
            of={row.amount}
            signed
            {...(!row.amount.startsWith("-") && row.amount !== "0" && { className: "text-good" })}
          />
        ),
      },
      {
        id: "balance",
        header: t("balance"),
        align: "end",
        phone: "where",
        className: "whitespace-nowrap text-muted sm:w-36",
        cell: (row) => <Amount of={row.balanceAfter} kind="balance" />,
      },
    ];
    return columns;
  }, [keys, resources, t]);
}
