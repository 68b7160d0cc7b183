"use client";
import { useTranslations } from "next-intl";
import { PageHeader } from "@/components/page-header";
import { CsvDownload } from "./csv-download";
import { RangeBar } from "./range-bar";
import type { Explorer } from "./use-explorer";

export function Header({ explorer }: { explorer: Explorer }) {
  const t = useTranslations("usage");
  return (
    <>
      <PageHeader title={t("title")} actions={<CsvDownload parameters={explorer.question.csv} />} />
      <div className="mb-2 flex min-w-0 flex-wrap items-center gap-2">
        <RangeBar explorer={explorer} />
      </div>
    </>
  );
}
