"use client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { type Facts, FactsProvider } from "@/components/context/facts";
import { LiveProvider } from "@/components/data/live";
import { AddressProvider } from "./address";

const FRESH_MS = 5_000;

export function Providers({ facts, children }: { facts: Facts; children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({ defaultOptions: { queries: { staleTime: FRESH_MS, retry: 1, refetchOnWindowFocus: true } } }),
  );
  return (
    <QueryClientProvider client={client}>
      <AddressProvider>
        <FactsProvider facts={facts}>
          <LiveProvider>{children}</LiveProvider>
        </FactsProvider>
      </AddressProvider>
    </QueryClientProvider>
  );
}
