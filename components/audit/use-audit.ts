"use client";
import { useReadPages } from "@/components/data/use-read";
import { endpoints } from "@/lib/adapters/portal/endpoints";
import type { AuditList } from "@/lib/audit/schema";
import type { AuditQuestion } from "./state";

/** The server's answer for the address. */
export type First = { question: AuditQuestion; list: AuditList };

/** The pages of the log, the latest first. */
export function useAudit(question: AuditQuestion, first: First) {
  const asked = JSON.stringify(first.question) === JSON.stringify(question);
  return useReadPages(endpoints.audit, question, { keepPrevious: true, ...(asked && { initial: first.list }) });
}
