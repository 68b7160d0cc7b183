"use client";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { useFacts } from "@/components/context/facts";
import { useUsage } from "@/components/data/queries";
import { Card, CardHeader } from "@/components/ui/card";
import { Empty } from "@/components/ui/notice";
import { Segments } from "@/components/ui/segments";
import { Amount } from "@/components/values/amount";
import { formatAmount } from "@/lib/kernel/money";
import type { UsageAnswer } from "@/lib/usage/schema";
import { changeOf } from "./change";
import { SPEND_QUERY } from "./question";
import { type Spend, spendOf } from "./spend";
import { SpendBars } from "./spend-bars";
import { DayTable, ModelTable } from "./spend-tables";

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

/** The cost of thirty days by model, compared with the thirty days before; as bars or as a table by day. */
export function SpendCard({ initial, before }: { initial: UsageAnswer; before: UsageAnswer }) {
  const t = useTranslations("overview.spend");
  const { unit, models } = useFacts();
  const { data = initial } = useUsage(SPEND_QUERY, initial);
  const spend = useMemo(() => spendOf(data, before, unit.scale, models), [data, before, unit.scale, models]);
  const [view, setView] = useState<"chart" | "table">("chart");
  const views = [
    { value: "chart", label: t("chart") },
    { value: "table", label: t("table") },
  ] as const;
  const empty = data.data.length === 0;
  return (
    <Card aria-labelledby="spend" className="lg:col-span-12">
      <CardHeader id="spend" title={t("title")}>
        {empty ? null : <Segments label={t("show")} value={view} options={views} onChange={setView} />}
      </CardHeader>
      <Summary spend={spend} />
      {empty ? (
        <Empty>{t("empty")}</Empty>
      ) : view === "table" ? (
        <DayTable spend={spend} />
      ) : (
        <div className="grid gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_minmax(300px,340px)]">
          <SpendBars spend={spend} label={t("title")} />
          <div className="self-start">
            <ModelTable spend={spend} />
          </div>
        </div>
      )}
    </Card>
  );
}
