"use client";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useMemo, useState } from "react";
import { useFacts } from "@/components/context/facts";
import { usePaths } from "@/components/context/use-paths";
import { CsvDownload } from "@/components/csv/csv-download";
import { search } from "@/components/data/client";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import type { ComboboxOption } from "@/components/ui/combobox";
import { DataTable } from "@/components/ui/data-table";
import type { DataColumn } from "@/components/ui/data-table-column";
import { Empty } from "@/components/ui/notice";
import { Time } from "@/components/values/time";
import type { AuditEntry } from "@/lib/audit/schema";
import { useAuditLabels } from "./audit-labels";
import { EntrySheet } from "./entry-sheet";
import { FilterBar } from "./filter-bar";
import { auditParsers, auditQuestion, NO_FILTERS } from "./state";
import { type First, useAudit } from "./use-audit";

const FILE = "audit.csv";

function useColumns(): DataColumn<AuditEntry>[] {
  const t = useTranslations("audit");
  const labels = useAuditLabels();
  return [
    {
      id: "time",
      header: t("time"),
      fixed: true,
      phone: "when",
      className: "whitespace-nowrap text-muted sm:w-32",
      cell: (entry) => <Time at={entry.at} precise />,
    },
    {
      id: "actor",
      header: t("actor"),
      phone: "where",
      className: "sm:w-56 sm:max-w-56 sm:truncate",
      cell: (entry) => labels.actor(entry),
    },
    { id: "action", header: t("what"), fixed: true, phone: "what", cell: (entry) => labels.action(entry.action) },
    {
      id: "object",
      header: t("object"),
      phone: "amount",
      className: "sm:max-w-0 sm:truncate",
      cell: ({ object }) => object.name ?? <span className="text-muted">{labels.objectType(object.type)}</span>,
    },
    {
      id: "address",
      header: t("address"),
      className: "text-muted text-sm",
      cell: (entry) => entry.address,
    },
  ];
}

/** A filter that came from elsewhere is still named: by the rows that it found. */
function withChosen(options: readonly ComboboxOption[], chosen: string | null, label: string | null | undefined) {
  if (!chosen || options.some((option) => option.value === chosen)) return options;
  return [...options, { value: chosen, label: label ?? chosen }];
}

type Props = { first: First; actors: readonly ComboboxOption[]; objects: readonly ComboboxOption[] };

/** The audit log, the latest entry first; each entry opens its values before and after. */
export function AuditLog({ first, actors, objects }: Props) {
  const paths = usePaths();
  const t = useTranslations("audit");
  const labels = useAuditLabels();
  const { timeZone } = useFacts();
  const [state, set] = useQueryStates(auditParsers);
  const [open, setOpen] = useState<AuditEntry | undefined>();
  const question = auditQuestion(state, timeZone);
  const query = useAudit(question, first);
  const columns = useColumns();
  const rows = query.data?.pages.flatMap((page) => page.data);
  const names = useMemo(() => new Map(actors.map(({ value, label }) => [value, label])), [actors]);
  const filtered = Object.values(state).some((value) => value !== null);
  return (
    <>
      <Card aria-label={t("title")}>
        <CardHeader title={t("title")}>
          <CsvDownload address={`${paths.auditCsv}?${search(question)}`} file={FILE} />
        </CardHeader>
        <p className="-mt-2 mb-4 text-muted">{t("description")}</p>
        <DataTable
          name="audit"
          label={t("title")}
          columns={columns}
          rows={rows}
          rowId={(entry) => entry.id}
          onOpen={setOpen}
          openLabel={(entry) => t("open", { action: labels.action(entry.action), object: entry.object.name ?? "" })}
          openId={open?.id ?? null}
          more={query.hasNextPage}
          loadingMore={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
          failed={query.isError}
          onRetry={() => void query.refetch()}
          toolbar={
            <FilterBar
              state={state}
              actors={withChosen(actors, state.actor, rows?.find(({ actor }) => actor.id === state.actor)?.actor.name)}
              objects={withChosen(
                objects,
                state.object,
                rows?.find(({ object }) => object.id === state.object)?.object.name,
              )}
              onChange={(change) => void set(change)}
            />
          }
          empty={
            <Empty action={filtered ? <Button onClick={() => void set(NO_FILTERS)}>{t("filter.clear")}</Button> : null}>
              {t(filtered ? "noneFiltered" : "empty")}
            </Empty>
          }
        />
      </Card>
      <EntrySheet
        entry={open}
        names={names}
        onClose={() => setOpen(undefined)}
        onObject={(object) => {
          setOpen(undefined);
          void set({ ...NO_FILTERS, object });
        }}
      />
    </>
  );
}
