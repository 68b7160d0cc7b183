"use client";
import { useCallback } from "react";
import type { Action } from "@/components/actions/action";
import { useReadAgain } from "@/components/data/use-read";
import { endpoints } from "@/lib/adapters/portal/endpoints";

/** The server actions for people. */
export type TeamActions = Record<"invite" | "withdraw" | "setRole" | "setLimits" | "remove" | "freePlace", Action>;

/** Members, invitations and keys are read again: a member who leaves takes keys along. */
export function useTeamChanged(): () => Promise<void> {
  const readAgain = useReadAgain();
  return useCallback(() => {
    const { members, invitations, keys, key, keyLimits } = endpoints;
    return readAgain(members, invitations, keys, key, keyLimits);
  }, [readAgain]);
}
