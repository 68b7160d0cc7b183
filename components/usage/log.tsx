"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useCallColumns } from "@/components/calls/call-columns";
import { CallSheet } from "@/components/calls/call-sheet";
import { useFacts } from "@/components/context/facts";
import { useReadPages } from "@/components/data/use-read";
import { Card, CardHeader } from "@/components/ui/card";
import { DataTable } from "@/components/ui/data-table";
import type { DataColumn } from "@/components/ui/data-table-column";
import { Empty } from "@/components/ui/notice";
import { Switch } from "@/components/ui/switch";
import { endpoints } from "@/lib/adapters/portal/endpoints";
import { printFullTime } from "@/lib/kernel/print-time";
import type { UsageEvent } from "@/lib/usage/schema";
import { FILTERS } from "./state";
import type { Explorer } from "./use-explorer";

function useLogColumns(): DataColumn<UsageEvent>[] {
  const t = useTranslations("usage.log");
  const { time, call, quantities, cost } = useCallColumns();
  return useMemo(
    () => [
      time,
      call,
      quantities,
      {
        id: "key",
        header: t("key"),
        cell: (event) => event.keyName ?? t("noKey"),
        phone: "where",
        className: "text-muted text-sm sm:max-w-40 sm:truncate",
      },
      cost,
      {
        id: "price",
        header: t("price"),
        cell: (event) => (
          <span title={t("version", { version: event.catalogueVersion })}>v{event.catalogueVersion}</span>
        ),
        align: "end",
        className: "text-muted text-sm",
      },
    ],
    [t, time, call, quantities, cost],
  );
}

/** Every call of the range, the latest first; each opens its facts. */
export function Log({ explorer }: { explorer: Explorer }) {
  const t = useTranslations("usage");
  const { timeZone } = useFacts();
  const { state, question, set } = explorer;
  const query = useReadPages(endpoints.events, question.logPage, { keepPrevious: true });
  const columns = useLogColumns();
  const events = query.data?.pages.flatMap((page) => page.data);
  const filtered = FILTERS.some((name) => state[name] !== null);
  const nameOf = ({ occurredAt, endpoint, model }: UsageEvent) =>
    t("log.open", { time: printFullTime(new Date(occurredAt), timeZone), endpoint, model });
  return (
    <Card aria-labelledby="log">
      <CardHeader id="log" title={t("log.title")} />
      <DataTable
        name="calls"
        label={t("log.theCalls")}
        columns={columns}
        toolbar={
          <div className="flex items-center gap-2 text-sm">
            <span id="refunded">{t("log.refunded")}</span>
            <Switch
              checked={state.refunded}
              onCheckedChange={(refunded) => set({ refunded })}
              aria-labelledby="refunded"
            />
          </div>
        }
        rows={events}
        rowId={(event) => event.id}
        onOpen={(event) => set({ call: event.id })}
        openLabel={nameOf}
        openId={state.call}
        more={query.hasNextPage}
        loadingMore={query.isFetchingNextPage}
        onMore={() => query.fetchNextPage()}
        failed={query.isError}
        onRetry={() => query.refetch()}
        empty={<Empty>{t(filtered ? "noCallsFiltered" : "noCalls")}</Empty>}
      />
      <CallSheet id={state.call} onClose={() => set({ call: null })} />
    </Card>
  );
}
