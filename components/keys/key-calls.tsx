"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { useCallColumns } from "@/components/calls/call-columns";
import { CallSheet } from "@/components/calls/call-sheet";
import { stack } from "@/components/charts/series";
import { SpendChart } from "@/components/charts/spend-chart";
import { useFacts } from "@/components/context/facts";
import { useUsage } from "@/components/data/queries";
import { useRead } from "@/components/data/use-read";
import { Card, CardHeader } from "@/components/ui/card";
import { DataTable } from "@/components/ui/data-table";
import { Empty } from "@/components/ui/notice";
import { endpoints } from "@/lib/adapters/portal/endpoints";
import type { UsageAnswer, UsageEventList } from "@/lib/usage/schema";
import { keyCallsQuery, keyUsageQuery } from "./question";

/** The key's cost in thirty days, by model. */
export function KeySpend({ id, initial }: { id: string; initial: UsageAnswer }) {
  const t = useTranslations("keys");
  const { unit, models } = useFacts();
  const { data = initial } = useUsage(keyUsageQuery(id), initial);
  const stacked = useMemo(() => stack(data, "model", unit.scale, models), [data, unit.scale, models]);
  return <SpendChart id="key-spend" title={t("spend")} stacked={stacked} interval="day" />;
}

/** The latest calls; each opens its facts. */
export function KeyCalls({ id, initial, children }: { id: string; initial: UsageEventList; children: ReactNode }) {
  const t = useTranslations("keys.calls");
  const { data } = useRead(endpoints.events, keyCallsQuery(id), { initial });
  const { time, call, quantities, cost } = useCallColumns();
  const columns = useMemo(() => [time, call, { ...quantities, fixed: true }, cost], [time, call, quantities, cost]);
  const [open, setOpen] = useState<string | null>(null);
  return (
    <Card aria-label={t("title")} className="lg:col-span-12">
      <CardHeader title={t("title")}>{data.data.length > 0 ? children : null}</CardHeader>
      <DataTable
        name="key-calls"
        label={t("title")}
        columns={columns}
        rows={data.data}
        rowId={(event) => event.id}
        onOpen={(event) => setOpen(event.id)}
        openId={open}
        empty={<Empty>{t("none")}</Empty>}
      />
      <CallSheet id={open} onClose={() => setOpen(null)} />
    </Card>
  );
}
