"use client";
import { useTranslations } from "next-intl";
import { useCallColumns } from "@/components/calls/call-columns";
import { CallSheet } from "@/components/calls/call-sheet";
import { useFacts } from "@/components/context/facts";
import { useReadOrNull, useReadPages } from "@/components/data/use-read";
import { DataTable } from "@/components/ui/data-table";
import { Empty, LoadError } from "@/components/ui/notice";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { Stat } from "@/components/ui/stat";
import { Amount } from "@/components/values/amount";
import { Time } from "@/components/values/time";
import { endpoints } from "@/lib/adapters/portal/endpoints";
import { printCount } from "@/lib/kernel/print-amount";
import { printFullTime } from "@/lib/kernel/print-time";
import type { Run } from "@/lib/usage/schema";
import { useRunWords } from "./run-words";

const PAGE_ROWS = "50";

type CallsProps = { run: Run; call: string | null; onCall: (id: string | null) => void };

function Calls({ run, call, onCall }: CallsProps) {
  const t = useTranslations("runs");
  const { timeZone } = useFacts();
  const { tag } = useRunWords();
  const { time, call: what, quantities, cost } = useCallColumns();
  const columns = [time, what, quantities, cost];
  const question = { tag: `${tag}:${run.id}`, from: run.startedAt, limit: PAGE_ROWS };
  const query = useReadPages(endpoints.events, question);
  return (
    <>
      <DataTable
        name="run-calls"
        label={t("callsOf")}
        columns={columns}
        rows={query.data?.pages.flatMap((page) => page.data)}
        rowId={(event) => event.id}
        onOpen={(event) => onCall(event.id)}
        openLabel={(event) => t("openCall", { time: printFullTime(new Date(event.occurredAt), timeZone) })}
        openId={call}
        more={query.hasNextPage}
        loadingMore={query.isFetchingNextPage}
        onMore={() => query.fetchNextPage()}
        failed={query.isError}
        onRetry={() => query.refetch()}
        empty={<Empty>{t("none")}</Empty>}
      />
      <CallSheet id={call} onClose={() => onCall(null)} />
    </>
  );
}

function Content({ id, ...calls }: { id: string } & Omit<CallsProps, "run">) {
  const t = useTranslations("runs");
  const { singular } = useRunWords();
  const query = useReadOrNull(endpoints.run, { id });
  const run = query.data;
  if (query.isError || run === null) {
    return <LoadError what={t("theRun", { run: singular })} onRetry={() => query.refetch()} />;
  }
  if (!run) return <Skeleton className="h-56" />;
  const values = Object.entries(run.tags);
  return (
    <div className="grid gap-6">
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        <Stat label={t("cost")} value={<Amount of={run.cost} />} />
        <Stat label={t("calls")} value={printCount(String(run.calls))} />
        <Stat label={t("started")} value={<Time at={run.startedAt} />} />
        <Stat label={t("ended")} value={<Time at={run.endedAt} />} />
      </div>
      <dl className="grid gap-x-4 gap-y-1 text-sm sm:grid-cols-[auto_1fr]">
        {[...values, [t("models"), run.models] as const].map(([name, all]) => (
          <div key={name} className="contents">
            <dt className="text-muted capitalize">{name}</dt>
            <dd className="break-all">{all.join(", ")}</dd>
          </div>
        ))}
      </dl>
      <Calls run={run} {...calls} />
    </div>
  );
}

type Props = { id: string | null; onClose: () => void } & Omit<CallsProps, "run">;

/** One run beside the list: its total, and its calls. */
export function RunSheet({ id, onClose, ...calls }: Props) {
  return (
    <Sheet open={id !== null} onOpenChange={(open) => !open && onClose()} title={id ?? ""} wide>
      {id === null ? null : <Content id={id} {...calls} />}
    </Sheet>
  );
}
