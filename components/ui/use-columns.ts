"use client";
import { useCallback, useMemo, useSyncExternalStore } from "react";
import type { DataColumn } from "./data-table-column";

export type Shown = Record<string, boolean>;

const listeners = new Set<() => void>();
const place = (name: string) => `tollgate.columns.${name}`;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** A browser that keeps nothing answers with an error: then the choice lasts as long as the page. */
function stored(key: string): string {
  try {
    return window.localStorage.getItem(key) ?? "{}";
  } catch {
    return "{}";
  }
}

function chosen(text: string): Shown {
  try {
    return JSON.parse(text) as Shown;
  } catch {
    return {};
  }
}

/** Which columns are shown: the reader's choice, kept by this browser under the table's name. */
export function useColumns<Row>(name: string, columns: readonly DataColumn<Row>[]) {
  const key = place(name);
  const text = useSyncExternalStore(
    subscribe,
    () => stored(key),
    () => "{}",
  );
  const shown = useMemo<Shown>(() => {
    const choice = chosen(text);
    return Object.fromEntries(
      columns.map((column) => [column.id, column.fixed ? true : (choice[column.id] ?? !column.hidden)]),
    );
  }, [columns, text]);
  const setShown = useCallback(
    (next: Shown) => {
      try {
        window.localStorage.setItem(key, JSON.stringify(next));
      } catch {
        return;
      }
      for (const listener of listeners) listener();
    },
    [key],
  );
  return [shown, setShown] as const;
}
