import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { FactsProvider } from "@/components/context/facts";
import { sampleFacts } from "@/components/gallery/sample";
import type { KeyList } from "@/lib/accounts/schema";
import { endpoints, queryKey } from "@/lib/adapters/portal/endpoints";
import { useRead, useReadAgain, useReadOrNull, useReadPages } from "./use-read";

const { id } = sampleFacts.organization;
const data = `/o/${id}/data`;

/** Answers each address from this table, else 404; returns the requested addresses. */
function world(answers: Record<string, unknown>) {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (address: string) => {
    asked.push(address);
    const status = address in answers ? 200 : 404;
    return new Response(JSON.stringify(answers[address] ?? {}), { status });
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 60_000 } } });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>
      <FactsProvider facts={sampleFacts}>{children}</FactsProvider>
    </QueryClientProvider>
  );
  return { asked, client, wrapper };
}
afterEach(() => vi.unstubAllGlobals());

it("a read requests the endpoint's address of the page's organization, without the parameters that have no value", async () => {
  const address = `${data}/usage?interval=day&groupBy=model`;
  const { asked, client, wrapper } = world({ [address]: { totals: 1 } });
  const parameters = { interval: "day", groupBy: "model", key: undefined } as const;
  const { result } = renderHook(() => useRead(endpoints.usage, parameters), { wrapper });
  await waitFor(() => expect(result.current.data).toEqual({ totals: 1 }));
  expect(asked).toEqual([address]);
  expect(client.getQueryData(queryKey(id, endpoints.usage, { interval: "day", groupBy: "model" }))).toEqual({
    totals: 1,
  });
});

it("a read of one thing puts its id into the path, and null is a response where there is none", async () => {
  const { asked, wrapper } = world({});
  const { result } = renderHook(() => useReadOrNull(endpoints.paymentReversals, { id: "pay_a/b" }), { wrapper });
  await waitFor(() => expect(result.current.data).toBeNull());
  expect(asked).toEqual([`${data}/payments/pay_a%2Fb/returns?`]);
  const { result: strict } = renderHook(() => useRead(endpoints.event, { id: "evt_1" }), { wrapper });
  await waitFor(() => expect(strict.current.isError).toBe(true));
});

it("a server's read is shown without a request, until a change makes it old", async () => {
  const newer: KeyList = { data: [] };
  const { asked, wrapper } = world({ [`${data}/keys?`]: newer });
  const initial = { data: [{ id: "key_1" }] } as unknown as KeyList;
  const { result } = renderHook(() => ({ keys: useRead(endpoints.keys, {}, { initial }), readAgain: useReadAgain() }), {
    wrapper,
  });
  expect(result.current.keys.data).toBe(initial);
  expect(asked).toEqual([]);
  await result.current.readAgain(endpoints.members);
  expect(asked).toEqual([]);
  await result.current.readAgain(endpoints.keys);
  await waitFor(() => expect(result.current.keys.data).toEqual(newer));
});

it("a list is read page by page with the cursor of the page before", async () => {
  const second = `${data}/audit?actor=user_1&cursor=next`;
  const { asked, wrapper } = world({ [second]: { data: ["b"], nextCursor: null } });
  const initial = { data: ["a"], nextCursor: "next" } as never;
  const { result } = renderHook(() => useReadPages(endpoints.audit, { actor: "user_1" }, { initial }), { wrapper });
  expect(result.current.hasNextPage).toBe(true);
  await result.current.fetchNextPage();
  await waitFor(() => expect(result.current.data?.pages.flatMap((page) => page.data)).toEqual(["a", "b"]));
  expect(asked).toEqual([second]);
  expect(result.current.hasNextPage).toBe(false);
});
