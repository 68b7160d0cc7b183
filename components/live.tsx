"use client";
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { balanceAnswerSchema } from "@/lib/ledger/schema";
import { BALANCE_KEY, MOVING_KEYS } from "./query-keys";

const STREAM = "/v1/balance/stream";
/** Lists and charts follow the balance at most this often, however many calls arrive. */
const FOLLOW_MS = 1_000;
const RETRY_MS = 10_000;

const LiveContext = createContext(false);

/** Whether the balance arrives by the stream; while it does not, the pages ask for it. */
export function useLive(): boolean {
  return useContext(LiveContext);
}

function balanceIn(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

/** Keeps one stream open for the whole portal and puts what it says where the pages read. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [live, setLive] = useState(false);
  useEffect(() => {
    let source: EventSource | undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let follow: ReturnType<typeof setTimeout> | undefined;
    const moved = (event: MessageEvent<string>) => {
      const balance = balanceAnswerSchema.safeParse(balanceIn(event.data));
      if (balance.success) client.setQueryData(BALANCE_KEY, balance.data);
      follow ??= setTimeout(() => {
        follow = undefined;
        for (const queryKey of balance.success ? MOVING_KEYS : [BALANCE_KEY, ...MOVING_KEYS]) {
          void client.invalidateQueries({ queryKey });
        }
      }, FOLLOW_MS);
    };
    const connect = () => {
      source = new EventSource(STREAM);
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
  }, [client]);
  return <LiveContext value={live}>{children}</LiveContext>;
}
