"use client";
import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo } from "react";
import { useData, usePolling } from "@/components/data/queries";
import type { TransactionList } from "@/lib/ledger/schema";
import { arrivals, withArrivals } from "./feed";
import { PAGE_ROWS, type Question } from "./state";

type Pages = InfiniteData<TransactionList, string | undefined>;
/** What the server has read for the question of the address. */
export type First = { question: Question; list: TransactionList } | null;

/**
 * The pages of the list, and what has arrived since on top of them. Pages are read once: only the head is requested
 * again, so a long list costs no more than a short one and does not move under the reader. At the top arrivals are let
 * in.
 */
export function useFeed(question: Question, first: First, atTop: boolean) {
  const client = useQueryClient();
  const { key, read } = useData();
  const ask = (asked: Question, cursor?: string) =>
    read<TransactionList>("transactions", { ...asked, limit: String(PAGE_ROWS), cursor });
  const refetchInterval = usePolling();
  const initial = first && JSON.stringify(first.question) === JSON.stringify(question) ? first.list : undefined;
  const pagesKey = useMemo(() => key("transaction-pages", question), [key, question]);
  const headKey = useMemo(() => key("transactions", "head", question), [key, question]);
  const pages = useInfiniteQuery({
    queryKey: pagesKey,
    queryFn: ({ pageParam }) => ask(question, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: TransactionList) => page.nextCursor ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
    ...(initial && { initialData: { pages: [initial], pageParams: [undefined] } }),
  });
  // Under "transactions", which is requested again whenever the balance moves.
  const head = useQuery({
    queryKey: headKey,
    queryFn: () => ask(question),
    enabled: pages.data !== undefined,
    refetchInterval,
    ...(initial && { initialData: initial }),
  });
  const found = head.data && pages.data ? arrivals(head.data, pages.data) : { rows: [], gap: false };
  const admit = useCallback(() => {
    const latest = client.getQueryData<TransactionList>(headKey);
    if (!latest) return;
    client.setQueryData<Pages>(pagesKey, (shown) => shown && withArrivals(latest, shown));
  }, [client, headKey, pagesKey]);
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
