"use client";
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { useFacts } from "@/components/context/facts";
import { answersKey, endpoints, queryKey } from "@/lib/adapters/portal/endpoints";
import type { BalanceAnswer } from "@/lib/ledger/schema";

const STREAM = "/v1/balance/stream";
/** Lists and charts follow the balance at most this often, however many calls arrive. */
const FOLLOW_MS = 1_000;
const RETRY_MS = 10_000;

/** The state of the balance stream. */
const MOVING = Object.values(endpoints).filter((endpoint) => endpoint.moving && endpoint !== endpoints.balance);

const LiveContext = createContext(false);

/** Whether the balance arrives by the stream; while it does not, the pages ask for it. */
export function useLive(): boolean {
  return useContext(LiveContext);
}

/**
 * The stream's data comes from our own server, like the data of a page. That it is a balance at all is checked
 * by hand: the schema would bring 33 kB of zod to every page.
 */
function balanceIn(data: string): BalanceAnswer | undefined {
  try {
    const told: unknown = JSON.parse(data);
    const isBalance = typeof told === "object" && told !== null && "available" in told && "level" in told;
    return isBalance ? (told as BalanceAnswer) : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps one stream of the page's organization open, and writes its balances where pages read them. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const { id } = useFacts().organization;
  const [live, setLive] = useState(false);
  useEffect(() => {
    let source: EventSource | undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let follow: ReturnType<typeof setTimeout> | undefined;
    const moved = (event: MessageEvent<string>) => {
      const balance = balanceIn(event.data);
      if (balance) client.setQueryData(queryKey(id, endpoints.balance, {}), balance);
      follow ??= setTimeout(() => {
        follow = undefined;
        for (const endpoint of balance ? MOVING : [endpoints.balance, ...MOVING]) {
          void client.invalidateQueries({ queryKey: answersKey(id, endpoint) });
        }
      }, FOLLOW_MS);
    };
    const connect = () => {
      source = new EventSource(`${STREAM}?${new URLSearchParams({ organization: id })}`);
      source.addEventListener("open", () => setLive(true));
      source.addEventListener("message", moved);
      source.addEventListener("balance", moved);
      source.addEventListener("error", () => {
        setLive(false);
        // The browser tries again by itself unless the answer was an error.
        if (source?.readyState === EventSource.CLOSED) retry = setTimeout(connect, RETRY_MS);
      });
    };
    connect();
    return () => {
      source?.close();
      clearTimeout(retry);
      clearTimeout(follow);
    };
  }, [client, id]);
  return <LiveContext value={live}>{children}</LiveContext>;
}
