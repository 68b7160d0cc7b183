"use client";
import { lazy, Suspense, useSyncExternalStore } from "react";
import { countToasts, subscribeToToasts } from "./toast";

const Toaster = lazy(() => import("./toaster"));

/** The place of toasts, once in the portal's frame. */
export function Toasts() {
  const said = useSyncExternalStore(subscribeToToasts, countToasts, () => 0);
  if (said === 0) return null;
  return (
    <Suspense>
      <Toaster said={said} />
    </Suspense>
  );
}
