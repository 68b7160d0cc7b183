"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { callName } from "@/components/context/call-names";
import { useFacts } from "@/components/context/facts";
import type { DataColumn } from "@/components/ui/data-table-column";
import { Amount } from "@/components/values/amount";
import { Time } from "@/components/values/time";
import type { UsageEvent } from "@/lib/usage/schema";
import { Quantities } from "./quantities";

function What({ event }: { event: UsageEvent }) {
  const t = useTranslations("usage.log");
  const facts = useFacts();
  return (
    <span>
      {event.reverses ? <span className="text-good">{t("refundOf")} </span> : null}
      {event.endpoint}{" "}
      {callName(facts, event) === event.endpoint ? null : <span className="break-all text-muted">{event.model}</span>}
    </span>
  );
}

/** The columns of any table of calls, by name, so that each page takes those that it shows. */
export function useCallColumns() {
  const t = useTranslations("usage.log");
  return useMemo(() => {
    const time: DataColumn<UsageEvent> = {
      id: "time",
      header: t("time"),
      cell: (event) => <Time at={event.occurredAt} precise />,
      fixed: true,
      phone: "when",
      className: "whitespace-nowrap sm:text-muted",
    };
    const call: DataColumn<UsageEvent> = {
      id: "call",
      header: t("call"),
      cell: (event) => <What event={event} />,
      fixed: true,
      phone: "what",
    };
    const quantities: DataColumn<UsageEvent> = {
      id: "quantities",
      header: t("quantities"),
      cell: (event) => <Quantities of={event.quantities} />,
      className: "text-muted text-sm",
    };
    const cost: DataColumn<UsageEvent> = {
      id: "cost",
      header: t("cost"),
      cell: (event) => <Amount of={event.cost} />,
      align: "end",
      fixed: true,
      phone: "amount",
    };
    return { time, call, quantities, cost };
  }, [t]);
}
