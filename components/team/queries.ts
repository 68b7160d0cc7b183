"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { Action } from "@/components/actions/action";
import { useData } from "@/components/data/queries";
import type { InvitationList, MemberList } from "@/lib/accounts/schema";

/** What can be done with people, each a server action. */
export type TeamActions = Record<"invite" | "withdraw" | "setRole" | "setLimits" | "remove" | "freePlace", Action>;

export function useMembers(initialData: MemberList) {
  const { key, read } = useData();
  return useQuery({ queryKey: key("members"), queryFn: () => read<MemberList>("members"), initialData });
}

export function useInvitations(initialData: InvitationList) {
  const { key, read } = useData();
  return useQuery({ queryKey: key("invitations"), queryFn: () => read<InvitationList>("invitations"), initialData });
}

/** Reloads members, invitations and keys: a member who leaves takes their keys along. */
export function useTeamChanged(): () => Promise<void> {
  const client = useQueryClient();
  const { key } = useData();
  return useCallback(async () => {
    const lists = ["members", "invitations", "keys"];
    await Promise.all(lists.map((list) => client.invalidateQueries({ queryKey: key(list) })));
  }, [client, key]);
}
