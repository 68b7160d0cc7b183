"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";

/** The catalogue's policy on refunds, and whether the reader may request one. */
export type RefundPolicy = { text: string | null; review: string | null; owner: boolean };

/** The policy on refunds, the address for questions, and how long a review takes. */
export function RefundRules({ policy, className }: { policy: RefundPolicy; className: string }) {
  const t = useTranslations("refunds.ask");
  const { support } = useFacts();
  const { text, review } = policy;
  const sentences = [text, t("contact", { support }), review && t("review", { time: review })];
  return <p className={className}>{sentences.filter(Boolean).join(" ")}</p>;
}
