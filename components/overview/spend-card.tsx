"use client";
import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { usualGroup } from "@/components/context/call-names";
import { useFacts } from "@/components/context/facts";
import { usePaths } from "@/components/context/use-paths";
import { useUsage } from "@/components/data/queries";
import { buttonVariants } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { Empty } from "@/components/ui/notice";
import { Segments } from "@/components/ui/segments";
import { Amount } from "@/components/values/amount";
import { formatAmount } from "@/lib/kernel/money";
import type { UsageAnswer } from "@/lib/usage/schema";
import { changeOf } from "./change";
import { spendQuery } from "./question";
import { type Spend, spendOf } from "./spend";
import { SpendBars } from "./spend-bars";
import { DayTable, SeriesTable } from "./spend-tables";

function Summary({ spend }: { spend: Spend }) {
  const t = useTranslations("overview.spend");
  const { unit } = useFacts();
  const { key, percent } = changeOf(spend.total, spend.before);
  return (
    <div className="mb-5 flex flex-wrap items-baseline gap-x-3 gap-y-1">
      <p className="text-2xl">
        <Amount of={formatAmount(spend.total, unit.scale)} />
      </p>
      <p className="text-muted">
        {t.rich(`summary.${key}`, {
          percent,
          before: () => <Amount of={formatAmount(spend.before, unit.scale)} />,
        })}
      </p>
    </div>
  );
}

function NoCalls({ first }: { first: boolean }) {
  const t = useTranslations("overview.spend");
  const paths = usePaths();
  const keys = (
    <Link href={paths.keys as Route} className={buttonVariants()}>
      {t("createKey")}
    </Link>
  );
  return <Empty action={first ? keys : null}>{t("empty")}</Empty>;
}

/** The cost of thirty days by model or endpoint, compared with the thirty days before; as bars or as a table by day. */
export function SpendCard({ initial, before }: { initial: UsageAnswer; before: UsageAnswer }) {
  const t = useTranslations("overview.spend");
  const facts = useFacts();
  const { unit } = facts;
  const { data = initial } = useUsage(spendQuery(facts), initial);
  const order = facts[`${usualGroup(facts)}s`];
  const spend = useMemo(() => spendOf(data, before, unit.scale, order), [data, before, unit.scale, order]);
  const [view, setView] = useState<"chart" | "table">("chart");
  const views = [
    { value: "chart", label: t("chart") },
    { value: "table", label: t("table") },
  ] as const;
  const empty = data.data.length === 0;
  // A breakdown with one value says nothing: the total above it says it all.
  const several = spend.series.length > 1;
  return (
    <Card aria-labelledby="spend" className="lg:col-span-12">
      <CardHeader id="spend" title={t("title")}>
        {empty ? null : <Segments label={t("show")} value={view} options={views} onChange={setView} />}
      </CardHeader>
      {empty && spend.before === 0n ? null : <Summary spend={spend} />}
      {empty ? (
        <NoCalls first={spend.before === 0n} />
      ) : view === "table" ? (
        <DayTable spend={spend} />
      ) : (
        <div className={cn("grid gap-x-10 gap-y-6", several && "lg:grid-cols-[minmax(0,1fr)_minmax(300px,340px)]")}>
          <SpendBars spend={spend} label={t("title")} />
          {several ? (
            <div className="self-start">
              <SeriesTable spend={spend} />
            </div>
          ) : null}
        </div>
      )}
    </Card>
  );
}
