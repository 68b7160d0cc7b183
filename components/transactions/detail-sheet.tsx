"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { useReadOrNull } from "@/components/data/use-read";
import { TransactionTypeName } from "@/components/ledger/transaction-type";
import { Button } from "@/components/ui/button";
import { Empty, LoadError } from "@/components/ui/notice";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { ExactAmount } from "@/components/values/exact-amount";
import { endpoints } from "@/lib/adapters/portal/endpoints";
import { printFullTime } from "@/lib/kernel/print-time";
import type { TransactionAnswer, TransactionDetail } from "@/lib/ledger/schema";
import type { KeyName } from "./columns";
import { Detail } from "./detail";
import { whatOf } from "./what";

/** Amount, type and time: known from the list before the rest is. */
function Head({ transaction }: { transaction: TransactionAnswer }) {
  const { timeZone } = useFacts();
  return (
    <div className="mb-5">
      <p className="text-2xl">
        <ExactAmount of={transaction.amount} signed className="whitespace-normal break-words font-medium" />
      </p>
      <p className="mt-1 flex flex-wrap gap-x-3 text-muted">
        <TransactionTypeName type={transaction.type} />
        <time dateTime={transaction.postedAt}>{printFullTime(new Date(transaction.postedAt), timeZone)}</time>
      </p>
    </div>
  );
}

function LoadingDetail() {
  return (
    <div className="grid gap-5">
      <Skeleton className="h-16" />
      <Skeleton className="h-36" />
      <Skeleton className="h-28" />
      <Skeleton className="h-40" />
    </div>
  );
}

type Props = {
  id: string;
  /** The row of the list. */
  row: TransactionAnswer | undefined;
  /** The server's answer for the address; null if there is no such transaction. */
  initial: TransactionDetail | null | undefined;
  keys: readonly KeyName[];
  onOpen: (id: string) => void;
  onClose: () => void;
};

function Body({ id, row, initial, keys, onOpen, onClose }: Props) {
  const t = useTranslations("transactions.detail");
  // A transaction never changes, so it is read once.
  const query = useReadOrNull(endpoints.transaction, { id }, { initial, staleTime: Number.POSITIVE_INFINITY });
  const known = query.data ?? row;
  const event = known?.type === "deduction" ? known.event : null;
  // Its hold, and what has given it back since.
  const call = useReadOrNull(endpoints.event, { id: event ?? "" }, { enabled: event !== null });
  if (query.data === null) {
    return <Empty action={<Button onClick={onClose}>{t("close")}</Button>}>{t("notFound")}</Empty>;
  }
  return (
    <>
      {known ? <Head transaction={known} /> : null}
      {query.data ? (
        <Detail transaction={query.data} call={call.data ?? null} keys={keys} onOpen={onOpen} />
      ) : query.isError ? (
        <LoadError what={t("thisTransaction")} onRetry={() => void query.refetch()} />
      ) : (
        <LoadingDetail />
      )}
    </>
  );
}

/** One transaction beside the list; its address shows it again. */
export function DetailSheet(props: Props) {
  const t = useTranslations("transactions.detail");
  const types = useTranslations("ledger.type");
  const known = props.row ?? props.initial ?? undefined;
  const facts = useFacts();
  const what = known && whatOf(known, facts);
  const title = known ? [types(known.type), what].filter(Boolean).join(" · ") : t("title");
  return (
    <Sheet open onOpenChange={(open) => open || props.onClose()} title={title} wide>
      <Body key={props.id} {...props} />
    </Sheet>
  );
}
