"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { Amount } from "@/components/amount";
import { stack } from "@/components/charts/series";
import { SpendChart } from "@/components/charts/spend-chart";
import { useFacts } from "@/components/facts";
import { useUsage } from "@/components/queries";
import { Time } from "@/components/time";
import { Card, CardHeader } from "@/components/ui/card";
import { DataTable } from "@/components/ui/data-table";
import type { DataColumn } from "@/components/ui/data-table-column";
import { Empty } from "@/components/ui/notice";
import { CallSheet } from "@/components/usage/call-sheet";
import { Quantities } from "@/components/usage/quantities";
import type { UsageAnswer, UsageEvent, UsageEventList } from "@/lib/usage/schema";
import { useKeyCalls } from "./queries";
import { keyCallsQuery, keyUsageQuery } from "./question";

/** What the key cost in thirty days, by model. */
export function KeySpend({ id, initial }: { id: string; initial: UsageAnswer }) {
  const t = useTranslations("keys");
  const { unit, models } = useFacts();
  const { data = initial } = useUsage(keyUsageQuery(id), initial);
  const stacked = useMemo(() => stack(data, "model", unit.scale, models), [data, unit.scale, models]);
  return <SpendChart id="key-spend" title={t("spend")} stacked={stacked} interval="day" />;
}

function useColumns(): DataColumn<UsageEvent>[] {
  const t = useTranslations("keys.calls");
  return useMemo(
    () => [
      {
        id: "time",
        header: t("time"),
        cell: (event) => <Time at={event.occurredAt} precise />,
        fixed: true,
        phone: "when",
        className: "whitespace-nowrap sm:text-muted",
      },
      {
        id: "call",
        header: t("call"),
        cell: (event) => (
          <span>
            {event.reverses ? <span className="text-good">{t("refundOf")} </span> : null}
            {event.endpoint} <span className="break-all text-muted">{event.model}</span>
          </span>
        ),
        fixed: true,
        phone: "what",
      },
      {
        id: "quantities",
        header: t("quantities"),
        cell: (event) => <Quantities of={event.quantities} />,
        fixed: true,
        className: "text-muted text-sm",
      },
      {
        id: "cost",
        header: t("cost"),
        cell: (event) => <Amount of={event.cost} kind="cost" />,
        align: "end",
        fixed: true,
        phone: "amount",
      },
    ],
    [t],
  );
}

/** The latest calls; each opens to what is known of it. */
export function KeyCalls({ id, initial, children }: { id: string; initial: UsageEventList; children: ReactNode }) {
  const t = useTranslations("keys.calls");
  const { data } = useKeyCalls(keyCallsQuery(id), initial);
  const columns = useColumns();
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
