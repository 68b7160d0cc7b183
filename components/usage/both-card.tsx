"use client";
import { useTranslations } from "next-intl";
import { useRead } from "@/components/data/use-read";
import { Card, CardHeader } from "@/components/ui/card";
import { Empty, LoadError } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { Table, Td, Th } from "@/components/ui/table";
import { Amount } from "@/components/values/amount";
import { endpoints } from "@/lib/adapters/portal/endpoints";
import { printCount } from "@/lib/kernel/print-amount";
import type { UsageRow } from "@/lib/usage/schema";
import { useGroup } from "./names";
import type { UsageParameters } from "./question";

const idOf = (row: UsageRow, group: string) =>
  (group.startsWith("tag:") ? row.tag : row[group as "endpoint" | "model" | "key" | "member"]) ?? "";

type Props = { group: string; also: string; question: UsageParameters };

/** What two groups cost together in the range, the most expensive first: each agent with each model, for example. */
export function BothCard({ group, also, question }: Props) {
  const t = useTranslations("usage");
  const first = useGroup(group);
  const second = useGroup(also);
  const query = useRead(endpoints.usage, question);
  const title = t("bothGroups", { group: first.label.toLowerCase(), also: second.label.toLowerCase() });
  const label = t("breakdownTable", { title });
  const rows = query.data?.data;
  return (
    <Card aria-labelledby="both">
      <CardHeader id="both" title={title} />
      {query.isError ? (
        <LoadError what={title} onRetry={() => query.refetch()} />
      ) : rows === undefined ? (
        <Skeleton className="h-64" />
      ) : rows.length === 0 ? (
        <Empty>{t("noCalls")}</Empty>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <section aria-label={label} tabIndex={0} className="relative max-h-[30rem] overflow-auto">
          <Table>
            <thead className="sticky top-0">
              <tr>
                <Th className="capitalize">{first.label}</Th>
                <Th className="capitalize">{second.label}</Th>
                <Th className="text-right max-sm:hidden">{t("requests")}</Th>
                <Th className="text-right">{t("cost")}</Th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${idOf(row, group)} ${idOf(row, also)}`}>
                  <Td className="break-all">{first.nameOf(idOf(row, group), row) ?? t("noName")}</Td>
                  <Td className="break-all">{second.nameOf(idOf(row, also), row) ?? t("noName")}</Td>
                  <Td className="text-right max-sm:hidden">{printCount(String(row.requests))}</Td>
                  <Td className="whitespace-nowrap text-right font-medium">
                    <Amount of={row.cost} />
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </section>
      )}
    </Card>
  );
}
