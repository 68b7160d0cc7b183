"use client";
import {
  type DefinedUseQueryResult,
  keepPreviousData,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import { useFacts } from "@/components/context/facts";
import { answersKey, type Endpoint, queryKey } from "@/lib/adapters/portal/endpoints";
import { orNull, read } from "./client";
import { useLive } from "./live";

const POLL_MS = 4_000;

/** Data that changes with every call is polled while the stream is down. */
export function usePolling({ moving }: Pick<Endpoint<unknown>, "moving">): number | false {
  const live = useLive();
  return moving && !live ? POLL_MS : false;
}

const never = () => () => {};

/**
 * Parts of a page wake up one after another, and what is live may have moved before the last one does: until then each
 * shows what the server drew, or the two would not fit.
 */
function useDrawn<Query extends { data: unknown }>(query: Query, initial: Query["data"]): Query {
  const awake = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return awake || initial === undefined ? query : { ...query, data: initial };
}

type Options<Answer> = {
  /** The server's answer for the first render. */
  initial?: Answer | undefined;
  enabled?: boolean;
  staleTime?: number;
  /** Whether the answer to the previous parameters is shown until the new one is there. */
  keepPrevious?: boolean;
  refetchInterval?: (data: Answer | undefined) => number | false;
};

/** One answer of the organization that the page shows, kept up to date. */
export function useRead<Answer, Parameters extends object>(
  endpoint: Endpoint<Answer, Parameters>,
  parameters: Parameters,
  options: Options<Answer> & { initial: Answer },
): DefinedUseQueryResult<Answer>;
export function useRead<Answer, Parameters extends object>(
  endpoint: Endpoint<Answer, Parameters>,
  parameters: Parameters,
  options?: Options<Answer>,
): UseQueryResult<Answer>;
export function useRead<Answer, Parameters extends object>(
  endpoint: Endpoint<Answer, Parameters>,
  parameters: Parameters,
  { initial, keepPrevious = false, refetchInterval, ...options }: Options<Answer> = {},
) {
  const { id } = useFacts().organization;
  const polling = usePolling(endpoint);
  const query = useQuery({
    queryKey: queryKey(id, endpoint, parameters),
    queryFn: () => read(id, endpoint, parameters),
    refetchInterval: refetchInterval ? ({ state }) => refetchInterval(state.data as Answer | undefined) : polling,
    ...options,
    ...(keepPrevious && { placeholderData: keepPreviousData }),
    ...(initial !== undefined && { initialData: initial as never }),
  });
  return useDrawn(query as UseQueryResult<Answer>, initial);
}

/** The same where null is an answer: there is none with this id. */
export function useReadOrNull<Answer, Parameters extends object>(
  endpoint: Endpoint<Answer, Parameters>,
  parameters: Parameters,
  { initial, ...options }: { initial?: Answer | null | undefined; enabled?: boolean; staleTime?: number } = {},
): UseQueryResult<Answer | null> {
  const { id } = useFacts().organization;
  const query = useQuery({
    queryKey: queryKey(id, endpoint, parameters),
    queryFn: () => orNull(read(id, endpoint, parameters)),
    ...options,
    ...(initial !== undefined && { initialData: initial as never }),
  });
  return query as UseQueryResult<Answer | null>;
}

type Page = { nextCursor: string | null };
type PageOptions<Answer> = { initial?: Answer | undefined; staleTime?: number; keepPrevious?: boolean };

/** A list by pages, each read by the cursor of the one before. */
export function useReadPages<Answer extends Page, Parameters extends object>(
  endpoint: Endpoint<Answer, Parameters>,
  parameters: Parameters,
  { initial, keepPrevious = false, ...options }: PageOptions<Answer> = {},
) {
  const { id } = useFacts().organization;
  return useInfiniteQuery({
    queryKey: queryKey(id, endpoint, parameters),
    queryFn: ({ pageParam }) => read(id, endpoint, { ...parameters, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Answer) => page.nextCursor ?? undefined,
    refetchInterval: usePolling(endpoint),
    ...options,
    ...(keepPrevious && { placeholderData: keepPreviousData }),
    ...(initial && { initialData: { pages: [initial], pageParams: [undefined] } }),
  });
}

/** Reads every answer of these endpoints again after a change. */
export function useReadAgain(): (...changed: { name: string }[]) => Promise<void> {
  const client = useQueryClient();
  const { id } = useFacts().organization;
  return useCallback(
    async (...changed) => {
      await Promise.all(changed.map((endpoint) => client.invalidateQueries({ queryKey: answersKey(id, endpoint) })));
    },
    [client, id],
  );
}
