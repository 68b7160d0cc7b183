"use client";
import { useTranslations } from "next-intl";
import { usePaths } from "@/components/context/use-paths";
import { CsvDownload } from "@/components/csv/csv-download";
import { search } from "@/components/data/client";
import { PageHeader } from "@/components/layout/page-header";
import { RangeBar } from "./range-bar";
import type { Explorer } from "./use-explorer";

export function Header({ explorer }: { explorer: Explorer }) {
  const t = useTranslations("usage");
  const paths = usePaths();
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={<CsvDownload address={`${paths.usageCsv}?${search(explorer.question.csv)}`} file="usage.csv" />}
      />
      <div className="mb-2 flex min-w-0 flex-wrap items-center gap-2">
        <RangeBar explorer={explorer} />
      </div>
    </>
  );
}
