"use client";
import { Amount } from "@/components/amount";
import { useTransactions } from "@/components/queries";
import { Time } from "@/components/time";
import { Card, CardHeader } from "@/components/ui/card";
import { Empty, LoadError } from "@/components/ui/notice";
import { Table, Td, Th } from "@/components/ui/table";
import type { TransactionAnswer, TransactionList } from "@/lib/ledger/schema";

const WORDS: Record<TransactionAnswer["type"], string> = {
  purchase: "Purchase",
  deduction: "Call",
  refund: "Refund",
  grant: "Grant",
  renewal: "Renewal",
  expiry: "Expiry",
  clawback: "Clawback",
  adjustment: "Adjustment",
};

/** What it was about, in a few words. */
function about(transaction: TransactionAnswer): string | null {
  const { usage, description, resource } = transaction;
  const call = usage && `${usage.endpoint} · ${usage.model}`;
  return call ?? description ?? (resource ? `${resource.type ?? "resource"} ${resource.id}` : null);
}

function Rows({ list }: { list: TransactionList }) {
  return (
    <Table>
      <thead className="max-sm:sr-only">
        <tr>
          <Th>Time</Th>
          <Th>What</Th>
          <Th className="text-right">Amount</Th>
          <Th className="text-right">Balance after</Th>
        </tr>
      </thead>
      <tbody>
        {list.data.map((transaction) => (
          <tr key={transaction.id} className="max-sm:grid max-sm:grid-cols-[1fr_auto] max-sm:border-b max-sm:py-2">
            <Td className="whitespace-nowrap text-muted max-sm:order-3 max-sm:h-auto max-sm:border-0 max-sm:px-0 max-sm:py-0 max-sm:text-sm">
              <Time at={transaction.postedAt} precise />
            </Td>
            <Td className="max-sm:order-1 max-sm:h-auto max-sm:min-w-0 max-sm:border-0 max-sm:px-0 max-sm:py-0">
              {WORDS[transaction.type]}
              {about(transaction) ? <span className="break-words text-muted"> {about(transaction)}</span> : null}
            </Td>
            <Td className="text-right max-sm:order-2 max-sm:h-auto max-sm:border-0 max-sm:px-0 max-sm:py-0">
              <Amount
                of={transaction.amount}
                kind="cost"
                signed
                className={transaction.amount.startsWith("-") ? undefined : "text-good"}
              />
            </Td>
            <Td className="text-right text-muted max-sm:order-4 max-sm:h-auto max-sm:border-0 max-sm:px-0 max-sm:py-0 max-sm:text-sm">
              <Amount of={transaction.balanceAfter} kind="balance" />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** The latest movements of the balance. */
export function LatestTransactions({
  initial,
  limit,
  className,
}: {
  initial: TransactionList;
  limit: number;
  className?: string;
}) {
  const { data, isError, refetch } = useTransactions(limit, initial);
  return (
    <Card aria-labelledby="transactions" className={className}>
      <CardHeader id="transactions" title="Latest transactions" />
      {data && data.data.length > 0 ? (
        <Rows list={data} />
      ) : isError ? (
        <LoadError what="The transactions" onRetry={() => refetch()} />
      ) : (
        <Empty>No transactions yet. The first credit or call appears here.</Empty>
      )}
    </Card>
  );
}
