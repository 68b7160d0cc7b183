"use client";
import { useCallback } from "react";
import type { Action } from "@/components/actions/action";
import { useReadAgain } from "@/components/data/use-read";
import { endpoints } from "@/lib/adapters/portal/endpoints";

export type NewSecret = { id: string; key: string };
/** The server actions for keys. */
export type KeyActions = {
  create: Action<NewSecret>;
  update: Action;
  setLimits: Action;
  rotate: Action<NewSecret & { previousUntil: string }>;
  revoke: Action;
};

/** Reloads the lists and pages of keys. */
export function useKeysChanged(): () => Promise<void> {
  const readAgain = useReadAgain();
  return useCallback(() => readAgain(endpoints.keys, endpoints.key, endpoints.keyLimits), [readAgain]);
}
