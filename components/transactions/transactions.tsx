"use client";
import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useMemo, useRef } from "react";
import { useFacts } from "@/components/context/facts";
import { usePaths } from "@/components/context/use-paths";
import { CsvDownload } from "@/components/csv/csv-download";
import { search } from "@/components/data/client";
import { PageHeader } from "@/components/layout/page-header";
import { Button, buttonVariants } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DataTable } from "@/components/ui/data-table";
import { Empty } from "@/components/ui/notice";
import type { TransactionDetail } from "@/lib/ledger/schema";
import { ArrivalsPill } from "./arrivals-pill";
import { type KeyName, useTransactionColumns } from "./columns";
import { DetailSheet } from "./detail-sheet";
import { type Change, FilterBar } from "./filter-bar";
import { isFiltered, questionOf, type TransactionsState, transactionsParsers } from "./state";
import { useAtTop } from "./use-at-top";
import { type First, useFeed } from "./use-feed";
import { whatOf } from "./what";

const LOADING_ROWS = 12;

function NoRows({ state, onClear }: { state: TransactionsState; onClear: () => void }) {
  const paths = usePaths();
  const t = useTranslations("transactions.empty");
  if (isFiltered(state)) {
    return (
      <Empty action={<Button onClick={onClear}>{t("clear")}</Button>}>
        {state.search ? t("noReference", { reference: state.search }) : t("noMatch")}
      </Empty>
    );
  }
  return (
    <Empty
      action={
        <Link href={paths.keys as Route} className={buttonVariants()}>
          {t("createKey")}
        </Link>
      }
    >
      {t("none")}
    </Empty>
  );
}

const NO_FILTERS: Change = { search: null, type: null, from: null, to: null, key: null, resource: null };

type Props = {
  first: First;
  keys: readonly KeyName[];
  /** The transaction of the address, as the server has read it. */
  opened: { id: string; detail: TransactionDetail | null } | null;
};

/** Every movement of the balance: filtered, explained, and as a file. */
export function Transactions({ first, keys, opened }: Props) {
  const t = useTranslations("transactions");
  const facts = useFacts();
  const { timeZone } = facts;
  const paths = usePaths();
  const [state, set] = useQueryStates(transactionsParsers);
  const { search: reference, type, from, to, key, resource } = state;
  const question = useMemo(
    () => questionOf({ search: reference, type, from, to, key, resource, open: null }, timeZone),
    [reference, type, from, to, key, resource, timeZone],
  );
  const mark = useRef<HTMLDivElement>(null);
  const feed = useFeed(question, first, useAtTop(mark));
  const columns = useTransactionColumns(keys);
  // A sheet has an address of its own, so that Back closes it.
  const open = (id: string) => void set({ open: id }, { history: "push" });
  const showArrivals = () => {
    feed.admit();
    mark.current?.scrollIntoView({ block: "center" });
  };
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={<CsvDownload address={`${paths.transactionsCsv}?${search(question)}`} file="transactions.csv" />}
      />
      <Card aria-label={t("title")}>
        <div ref={mark} aria-hidden="true" />
        <ArrivalsPill count={feed.waiting} more={feed.waitingMore} onShow={showArrivals} />
        <DataTable
          name="transactions"
          label={t("label")}
          columns={columns}
          rows={feed.rows}
          rowId={(row) => row.id}
          onOpen={(row) => open(row.id)}
          openLabel={(row) => t("open", { what: whatOf(row, facts) ?? t("aTransaction") })}
          openId={state.open}
          more={feed.hasMore}
          loadingMore={feed.loadingMore}
          onMore={feed.loadMore}
          failed={feed.isError}
          onRetry={feed.retry}
          skeletonRows={LOADING_ROWS}
          toolbar={<FilterBar state={state} keys={keys} onChange={(change) => void set(change)} />}
          empty={<NoRows state={state} onClear={() => void set(NO_FILTERS)} />}
        />
      </Card>
      {state.open ? (
        <DetailSheet
          id={state.open}
          row={feed.rows?.find((row) => row.id === state.open)}
          initial={opened?.id === state.open ? opened.detail : undefined}
          keys={keys}
          onOpen={open}
          onClose={() => void set({ open: null })}
        />
      ) : null}
    </>
  );
}
