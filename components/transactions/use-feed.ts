"use client";
import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo } from "react";
import { useFacts } from "@/components/context/facts";
import { useRead, useReadPages } from "@/components/data/use-read";
import { endpoints, queryKey } from "@/lib/adapters/portal/endpoints";
import type { TransactionList } from "@/lib/ledger/schema";
import { arrivals, withArrivals } from "./feed";
import { PAGE_ROWS, type Question } from "./state";

type Pages = InfiniteData<TransactionList, string | undefined>;
/** The server's answer for the address. */
export type First = { question: Question; list: TransactionList } | null;

/**
 * The pages of the list, and what has arrived since on top of them. Pages are read once: only the head is requested
 * again, so a long list costs no more than a short one and does not move under the reader. At the top arrivals are let
 * in.
 */
export function useFeed(question: Question, first: First, atTop: boolean) {
  const client = useQueryClient();
  const { id } = useFacts().organization;
  const asked = useMemo(() => ({ ...question, limit: PAGE_ROWS }), [question]);
  const initial = first && JSON.stringify(first.question) === JSON.stringify(question) ? first.list : undefined;
  const pages = useReadPages(endpoints.transactionPages, asked, { initial, staleTime: Number.POSITIVE_INFINITY });
  // Read again whenever the balance moves.
  const head = useRead(endpoints.transactions, asked, { initial, enabled: pages.data !== undefined });
  const found = head.data && pages.data ? arrivals(head.data, pages.data) : { rows: [], gap: false };
  const admit = useCallback(() => {
    const latest = client.getQueryData<TransactionList>(queryKey(id, endpoints.transactions, asked));
    if (!latest) return;
    client.setQueryData<Pages>(
      queryKey(id, endpoints.transactionPages, asked),
      (shown) => shown && withArrivals(latest, shown),
    );
  }, [client, id, asked]);
  const waiting = found.rows.length;
  useEffect(() => {
    if (atTop && waiting > 0) admit();
  }, [atTop, waiting, admit]);
  return {
    rows: pages.data?.pages.flatMap((page) => page.data),
    isError: pages.isError && pages.data === undefined,
    retry: () => void pages.refetch(),
    hasMore: pages.hasNextPage,
    loadingMore: pages.isFetchingNextPage,
    moreFailed: pages.isFetchNextPageError,
    loadMore: () => void pages.fetchNextPage(),
    waiting: atTop ? 0 : waiting,
    waitingMore: found.gap,
    admit,
  };
}
