"use client";
import { useSyncExternalStore } from "react";

/** The server did not act, because the page and its address name two organizations; `other` is the one to offer (`org_…`). */
export type Mismatch = { other: string | null };

let told: Mismatch | null = null;
const listeners = new Set<() => void>();

export function tellMismatch(mismatch: Mismatch | null): void {
  told = mismatch;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function useMismatch(): Mismatch | null {
  return useSyncExternalStore(
    subscribe,
    () => told,
    () => null,
  );
}
