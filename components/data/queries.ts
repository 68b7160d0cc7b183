"use client";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import { useFacts } from "@/components/context/facts";
import type { MembershipList } from "@/lib/accounts/schema";
import { organizationPaths, paths } from "@/lib/kernel/paths";
import type { BalanceAnswer } from "@/lib/ledger/schema";
import type { UsageAnswer, UsageEventList } from "@/lib/usage/schema";
import { useLive } from "./live";
import { keysOf } from "./query-keys";

const POLL_MS = 4_000;
const LOG_PAGE = "50";

type Parameters = Record<string, string | undefined>;

/** The query part of an address; parameters without a value are left out. */
export function search(parameters: Parameters): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new URLSearchParams(given).toString();
}

const shownPath = () => window.location.pathname + window.location.search;

/** The server has answered, but not with what was requested. */
export class ReadError extends Error {
  constructor(
    path: string,
    readonly status: number,
  ) {
    super(`${path} answered ${status}`);
  }
}

/** Asks the portal for an answer; an ended session leads to signing in. */
async function read<Answer>(path: string, parameters: Parameters = {}): Promise<Answer> {
  const response = await fetch(`${path}?${search(parameters)}`, { headers: { accept: "application/json" } });
  // The session has ended, here or in another tab: sign in, and come back to what is shown.
  if (response.status === 401 && window.location.pathname !== paths.signIn) {
    window.location.assign(`${paths.signIn}?${search({ callbackUrl: shownPath() })}`);
  }
  if (!response.ok) throw new ReadError(path, response.status);
  return response.json() as Promise<Answer>;
}

/** Reads of the organization that the page shows, and the keys under which they are kept. */
export function useData() {
  const { id } = useFacts().organization;
  return useMemo(() => {
    const { data } = organizationPaths(id);
    return {
      key: keysOf(id),
      read: <Answer>(what: string, parameters?: Parameters) => read<Answer>(data(what), parameters),
    };
  }, [id]);
}

/** Polls while the stream is not there. */
export function usePolling(): number | false {
  return useLive() ? false : POLL_MS;
}

const never = () => () => {};

/**
 * Parts of a page wake up one after another, and what is live may have moved before the last one does: until then each
 * shows what the server drew, or the two would not fit.
 */
export function useDrawn<Query extends { data: unknown }>(query: Query, initialData: Query["data"]): Query {
  const awake = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return awake || initialData === undefined ? query : { ...query, data: initialData };
}

export function useBalance(initialData?: BalanceAnswer) {
  const refetchInterval = usePolling();
  const { key, read } = useData();
  const query = useQuery({
    queryKey: key("balance"),
    queryFn: () => read<BalanceAnswer>("balance"),
    refetchInterval,
    ...(initialData && { initialData }),
  });
  return useDrawn(query, initialData);
}

export function useUsage(parameters: Parameters, initialData?: UsageAnswer) {
  const refetchInterval = usePolling();
  const { key, read } = useData();
  const query = useQuery({
    queryKey: key("usage", parameters),
    queryFn: () => read<UsageAnswer>("usage", parameters),
    placeholderData: keepPreviousData,
    refetchInterval,
    ...(initialData && { initialData }),
  });
  return useDrawn(query, initialData);
}

export function useEvents(parameters: Parameters) {
  const refetchInterval = usePolling();
  const { key, read } = useData();
  return useInfiniteQuery({
    queryKey: key("events", parameters),
    queryFn: ({ pageParam }) => read<UsageEventList>("events", { ...parameters, limit: LOG_PAGE, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}

/** The organizations that the reader may switch to. */
export function useMemberships() {
  const { key, read } = useData();
  return useQuery({ queryKey: key("memberships"), queryFn: () => read<MembershipList>("organizations") });
}
