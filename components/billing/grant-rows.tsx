"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFacts } from "@/components/context/facts";
import { cn } from "@/components/ui/class-names";
import { Table, Td, Th } from "@/components/ui/table";
import { Amount } from "@/components/values/amount";
import { Time } from "@/components/values/time";
import { kindOfRest } from "@/lib/kernel/print-amount";
import type { GrantRow } from "@/lib/ledger/schema";

const SOURCES = ["signup", "first_call", "operator", "plan", "refund", "payment", "reinstated"] as const;
const isSource = (text: string): text is (typeof SOURCES)[number] => SOURCES.some((source) => source === text);
/** On a phone, a grant has two lines: name and rest, then start and amount. */
const CELL = "max-sm:h-auto max-sm:border-0 max-sm:p-0";
const ONLY_WIDE = "max-sm:hidden";

function useGrantLabels(operator: string) {
  const t = useTranslations("billing.grants");
  const { labels } = useFacts();
  return {
    kind: ({ kind }: GrantRow) => (kind === "adjustment" ? t("adjustment") : labels[kind]),
    // A source that a later version wrote is at least named.
    source: ({ source }: GrantRow) => (isSource(source) ? t(`source.${source}`, { operator }) : source),
  };
}

/** Until when it can be used. */
function Expiry({ grant }: { grant: GrantRow }): ReactNode {
  const t = useTranslations("billing.grants");
  return grant.expiresAt ? <Time at={grant.expiresAt} /> : t("never");
}

function Row({ grant, operator }: { grant: GrantRow; operator: string }) {
  const t = useTranslations("billing.grants");
  const labels = useGrantLabels(operator);
  const source = labels.source(grant);
  return (
    <tr className="max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-x-3 max-sm:border-b max-sm:py-2">
      <Td className={cn(CELL, "font-medium")}>{labels.kind(grant)}</Td>
      <Td className={cn(CELL, ONLY_WIDE, "text-muted")}>{source}</Td>
      <Td className={cn(CELL, "text-muted max-sm:order-3 max-sm:text-sm")}>
        <span className="sm:hidden">{source} · </span>
        <Time at={grant.createdAt} />
      </Td>
      <Td className={cn(CELL, ONLY_WIDE, "text-muted")}>
        <Expiry grant={grant} />
      </Td>
      <Td className={cn(CELL, "text-right text-muted max-sm:order-4 max-sm:text-sm")}>
        <span className="sm:hidden">{t.rich("of", { amount: () => <Amount of={grant.amount} /> })}</span>
        <Amount of={grant.amount} className="max-sm:hidden" />
      </Td>
      <Td className={cn(CELL, ONLY_WIDE, "text-right text-muted")}>
        <Amount of={grant.held} />
      </Td>
      <Td className={cn(CELL, "text-right max-sm:order-2")}>
        <Amount of={grant.remaining} kind={kindOfRest(grant.remaining, grant.amount)} />
      </Td>
    </tr>
  );
}

type Props = { grants: readonly GrantRow[]; operator: string; caption: string };

/** Grants with the rest of each. */
export function GrantRows({ grants, operator, caption }: Props) {
  const t = useTranslations("billing.grants");
  return (
    <Table>
      <caption className="sr-only">{caption}</caption>
      <thead className="max-sm:sr-only">
        <tr>
          <Th>{t("credit")}</Th>
          <Th>{t("from")}</Th>
          <Th>{t("created")}</Th>
          <Th>{t("expires")}</Th>
          <Th className="text-right">{t("amount")}</Th>
          <Th className="text-right">{t("held")}</Th>
          <Th className="text-right">{t("remaining")}</Th>
        </tr>
      </thead>
      <tbody>
        {grants.map((grant) => (
          <Row key={grant.id} grant={grant} operator={operator} />
        ))}
      </tbody>
    </Table>
  );
}
