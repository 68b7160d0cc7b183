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
import { Empty } from "@/components/ui/notice";
import { endpoints } from "@/lib/adapters/portal/endpoints";
import type { TransactionList } from "@/lib/ledger/schema";
import { LATEST_QUERY } from "./question";

/** The latest purchases, deductions, refunds and other movements. */
export function LatestCard({ initial, className }: { initial: TransactionList; className: string }) {
  const paths = usePaths();
  const t = useTranslations("billing.latest");
  const { data } = useRead(endpoints.transactions, LATEST_QUERY, { initial });
  return (
    <Card aria-labelledby="latest" className={className}>
      <CardHeader id="latest" title={t("title")}>
        <Link href={paths.transactions as Route} className={cn(buttonVariants({ variant: "ghost" }), "-mr-3")}>
          {t("all")}
        </Link>
      </CardHeader>
      {data.data.length > 0 ? <TransactionRows list={data} /> : <Empty>{t("empty")}</Empty>}
    </Card>
  );
}
