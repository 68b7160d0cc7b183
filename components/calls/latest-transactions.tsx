"use client";
import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { usePaths } from "@/components/context/use-paths";
import { useRead } from "@/components/data/use-read";
import { TransactionRows } from "@/components/ledger/transaction-rows";
import { buttonVariants } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { Empty, LoadError } from "@/components/ui/notice";
import { endpoints } from "@/lib/adapters/portal/endpoints";
import type { TransactionList } from "@/lib/ledger/schema";
import { LATEST_QUERY } from "./latest-query";

/** The latest movements of the balance. */
export function LatestTransactions({ initial, className }: { initial: TransactionList; className?: string }) {
  const paths = usePaths();
  const t = useTranslations("overview.transactions");
  const { data, isError, refetch } = useRead(endpoints.transactions, LATEST_QUERY, { initial });
  return (
    <Card aria-labelledby="transactions" className={className}>
      <CardHeader id="transactions" title={t("title")}>
        <Link href={paths.transactions as Route} className={cn(buttonVariants({ variant: "ghost" }), "-mr-3")}>
          {t("all")}
        </Link>
      </CardHeader>
      {data.data.length > 0 ? (
        <TransactionRows list={data} />
      ) : isError ? (
        <LoadError what={t("failed")} onRetry={() => refetch()} />
      ) : (
        <Empty>{t("empty")}</Empty>
      )}
    </Card>
  );
}
