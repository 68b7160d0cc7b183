"use client";
import type { Route } from "next";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import {
  type unstable_AdapterInterface as Adapter,
  unstable_createAdapterProvider as createAdapterProvider,
  renderQueryString,
} from "nuqs/adapters/custom";
import { type ReactNode, startTransition, useCallback, useEffect, useSyncExternalStore } from "react";

/**
 * nuqs over Next's router. Next draws an address in a transition and sets `location` to it at the end, perhaps after a
 * later one was written; nuqs's own adapter builds on `location` and loses the choice between. Here a write builds on
 * the write before.
 */
type Write = { pathname: string; search: URLSearchParams };

/** Written addresses that Next has not drawn yet, oldest first. */
let writes: readonly Write[] = [];
const listeners = new Set<() => void>();

function keep(left: readonly Write[]): void {
  if (left.length === 0 && writes.length === 0) return;
  writes = left;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function latestOn(pathname: string): URLSearchParams | undefined {
  const latest = writes.at(-1);
  return latest?.pathname === pathname ? latest.search : undefined;
}

/** Next draws `search` on `pathname`: writes up to it are done, and an address that nobody wrote ends them all. */
function drawn(pathname: string, search: string): void {
  const index = writes.findIndex((write) => write.pathname === pathname && `${write.search}` === search);
  keep(index < 0 ? [] : writes.slice(index + 1));
}

type Options = Parameters<Adapter["updateUrl"]>[1];

/** Returns the address that the browser shows now. */
function write(search: URLSearchParams, { history: way, scroll }: Options): string {
  const { pathname, hash } = location;
  keep([...writes, { pathname, search }]);
  const url = `${pathname}${renderQueryString(search)}${hash}`;
  if (way === "push") history.pushState(null, "", url);
  else history.replaceState(null, "", url);
  if (scroll) window.scrollTo(0, 0);
  return url;
}

function useAddress(): Adapter {
  const router = useRouter();
  const pathname = usePathname();
  const shown = useSearchParams();
  const latest = useSyncExternalStore(
    subscribe,
    () => latestOn(pathname),
    () => undefined,
  );
  // A transition, so that `startTransition` of the caller is pending until the server has answered.
  const updateUrl = useCallback(
    (search: URLSearchParams, options: Options) =>
      startTransition(() => {
        const url = write(search, options);
        if (!options.shallow) router.replace(url as Route, { scroll: false });
      }),
    [router],
  );
  return { searchParams: latest ?? shown, pathname, updateUrl, getSearchParamsSnapshot };
}

const getSearchParamsSnapshot = () => new URLSearchParams(latestOn(location.pathname) ?? location.search);
const Provider = createAdapterProvider(useAddress);

/** Lets pages keep what they show in the address by `useQueryState` and `useQueryStates`. */
export function AddressProvider({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  const search = useSearchParams().toString();
  useEffect(() => drawn(pathname, search), [pathname, search]);
  useEffect(() => {
    const forget = () => keep([]);
    window.addEventListener("popstate", forget);
    return () => window.removeEventListener("popstate", forget);
  }, []);
  return <Provider>{children}</Provider>;
}
