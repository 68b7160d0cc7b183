"use client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useData } from "@/components/data/queries";
import type { AuditList } from "@/lib/audit/schema";
import type { AuditQuestion } from "./state";

/** What the server has read for the question of the address. */
export type First = { question: AuditQuestion; list: AuditList };

/** The pages of the log, the latest first. */
export function useAudit(question: AuditQuestion, first: First) {
  const { key, read } = useData();
  const asked = JSON.stringify(first.question) === JSON.stringify(question);
  return useInfiniteQuery({
    queryKey: key("audit", question),
    queryFn: ({ pageParam }) => read<AuditList>("audit", { ...question, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: AuditList) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    ...(asked && { initialData: { pages: [first.list], pageParams: [undefined] } }),
  });
}
