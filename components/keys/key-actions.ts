"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { Action } from "@/components/actions/action";
import { useData } from "@/components/data/queries";

export type NewSecret = { id: string; key: string };
/** What can be done with keys, each a server action. */
export type KeyActions = {
  create: Action<NewSecret>;
  update: Action;
  setLimits: Action;
  rotate: Action<NewSecret & { previousUntil: string }>;
  revoke: Action;
};

/** Reloads the lists and pages of keys. */
export function useKeysChanged(): () => Promise<void> {
  const { key } = useData();
  const client = useQueryClient();
  return useCallback(() => client.invalidateQueries({ queryKey: key("keys") }), [client, key]);
}
