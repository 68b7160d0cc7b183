"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { Action } from "@/components/action";
import { read } from "@/components/queries";
import type { InvitationList, MemberList } from "@/lib/accounts/schema";

/** What can be done with people, each a server action. */
export type TeamActions = Record<"invite" | "withdraw" | "setRole" | "setLimits" | "remove" | "freePlace", Action>;

export function useMembers(initialData: MemberList) {
  return useQuery({ queryKey: ["members"], queryFn: () => read<MemberList>("/data/members"), initialData });
}

export function useInvitations(initialData: InvitationList) {
  return useQuery({ queryKey: ["invitations"], queryFn: () => read<InvitationList>("/data/invitations"), initialData });
}

/** Members, invitations and keys are read anew: who goes takes keys along. */
export function useTeamChanged(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(async () => {
    const lists = [["members"], ["invitations"], ["keys"]];
    await Promise.all(lists.map((queryKey) => client.invalidateQueries({ queryKey })));
  }, [client]);
}
