"use client";
import { lazy, Suspense, useSyncExternalStore } from "react";

export type Toast = { text: string; kind: "success" | "error" | "message" };

const waiting: Toast[] = [];
const listeners = new Set<() => void>();
let count = 0;

/** Says what has happened, for a few seconds. The code that draws toasts is loaded with the first one. */
export function toast(text: string, kind: Toast["kind"] = "message"): void {
  waiting.push({ text, kind });
  count += 1;
  for (const listener of listeners) listener();
}

/** What has not been shown yet. */
export const takeToasts = (): Toast[] => waiting.splice(0);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const Toaster = lazy(() => import("./toaster"));

/** The place of toasts, once in the portal's frame. */
export function Toasts() {
  const said = useSyncExternalStore(
    subscribe,
    () => count,
    () => 0,
  );
  if (said === 0) return null;
  return (
    <Suspense>
      <Toaster said={said} />
    </Suspense>
  );
}
