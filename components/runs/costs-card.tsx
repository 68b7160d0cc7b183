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
import type { RunCost } from "@/lib/usage/schema";
import { type RunWords, useRunWords } from "./run-words";

const MOST_ROWS = 8;

function Rows({ rows, words }: { rows: readonly RunCost[]; words: RunWords }) {
  const t = useTranslations("runs");
  return (
    <Table>
      <thead>
        <tr>
          <Th>{t("name")}</Th>
          <Th className="text-right max-sm:hidden">{t("runsCount", { plural: words.label })}</Th>
          <Th className="text-right">{t("perRun", { run: words.singular })}</Th>
          <Th className="text-right">{t("cost")}</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, runs, perRun, cost }) => (
          <tr key={name}>
            <Td className="break-all">{name}</Td>
            <Td className="text-right max-sm:hidden">{printCount(String(runs))}</Td>
            <Td className="whitespace-nowrap text-right">{perRun === null ? "–" : <Amount of={perRun} />}</Td>
            <Td className="whitespace-nowrap text-right font-medium">
              <Amount of={cost} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

type Props = { by: "model" | `tag:${string}`; range: { from?: string; to?: string } };

/** What costs the most in the range: models, or the values of a tag, with the cost of each run. */
export function CostsCard({ by, range }: Props) {
  const t = useTranslations("runs");
  const words = useRunWords();
  const query = useRead(endpoints.runCosts, { ...range, by }, { keepPrevious: true });
  const title = t("costs", { group: by === "model" ? t("model") : by.slice("tag:".length) });
  const id = `costs-${by.replace(":", "-")}`;
  const rows = query.data?.data.slice(0, MOST_ROWS);
  return (
    <Card aria-labelledby={id}>
      <CardHeader id={id} title={title} />
      {query.isError ? (
        <LoadError what={title} onRetry={() => query.refetch()} />
      ) : rows === undefined ? (
        <Skeleton className="h-48" />
      ) : rows.length === 0 ? (
        <Empty>{t("none")}</Empty>
      ) : (
        <Rows rows={rows} words={words} />
      )}
    </Card>
  );
}
