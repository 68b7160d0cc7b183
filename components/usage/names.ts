"use client";
import { useTranslations } from "next-intl";
import { createContext, useContext } from "react";
import { useFacts } from "@/components/context/facts";
import type { UsageRow } from "@/lib/usage/schema";

export type NamedId = { id: string; name: string };
/** The groups and filters of the page beside endpoints and models. */
export type UsageNames = { tags: readonly string[]; keys: readonly NamedId[]; members: readonly NamedId[] };

export const UsageNamesContext = createContext<UsageNames>({ tags: [], keys: [], members: [] });
export const useUsageNames = () => useContext(UsageNamesContext);

/** The groups in the order of their colors, with their names. */
export function useGroup(group: string) {
  const t = useTranslations("usage");
  const { endpoints, models } = useFacts();
  const { keys, members } = useUsageNames();
  if (group === "key" || group === "member") {
    const known = group === "key" ? keys : members;
    const names = new Map(known.map(({ id, name }) => [id, name]));
    return {
      label: t(`groups.${group}`),
      order: known.map(({ id }) => id),
      nameOf: (id: string, row: UsageRow) => (id ? (names.get(id) ?? row.keyName ?? id) : null),
    };
  }
  if (group === "endpoint" || group === "model") {
    return {
      label: t(`groups.${group}`),
      order: group === "model" ? models : endpoints,
      nameOf: (id: string) => id || null,
    };
  }
  return { label: group.slice("tag:".length), order: [] as string[], nameOf: (id: string) => id || null };
}
