"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Sheet } from "@/components/ui/sheet";
import { Table, Td, Th } from "@/components/ui/table";
import { Time } from "@/components/values/time";
import type { AuditEntry } from "@/lib/audit/schema";
import { useAuditLabels } from "./audit-labels";
import { type Change, difference } from "./difference";
import { type Names, useValuePrinter } from "./value-printer";

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[7rem_1fr] gap-x-4 py-1.5">
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

function Changes({ changed, both, names }: { changed: readonly Change[]; both: boolean; names: Names }) {
  const t = useTranslations("audit");
  const labels = useAuditLabels();
  const print = useValuePrinter(names);
  return (
    <Table aria-label={t("changes")}>
      <thead>
        <tr>
          <Th>{t("field")}</Th>
          {both ? <Th>{t("before")}</Th> : null}
          <Th>{both ? t("after") : t("value")}</Th>
        </tr>
      </thead>
      <tbody>
        {changed.map(({ field, before, after }) => (
          <tr key={field}>
            <Td className="align-top text-muted">{labels.field(field)}</Td>
            {both ? (
              <Td className="wrap-anywhere align-top">
                {before === null ? (
                  <span className="text-muted">{print(field, before)}</span>
                ) : (
                  <del className="text-muted">{print(field, before)}</del>
                )}
              </Td>
            ) : null}
            <Td className="wrap-anywhere align-top">
              <ins className="font-medium no-underline">{print(field, both ? after : (after ?? before))}</ins>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

type Props = {
  entry: AuditEntry | undefined;
  names: Names;
  onClose: () => void;
  onObject: (id: string) => void;
};

/** One entry: actor, action, address, and the values before and after. */
export function EntrySheet({ entry, names, onClose, onObject }: Props) {
  const t = useTranslations("audit");
  const labels = useAuditLabels();
  if (!entry) return null;
  const { changed, kept } = difference(entry);
  const { object } = entry;
  return (
    <Sheet open onOpenChange={(open) => open || onClose()} title={labels.action(entry.action)} wide>
      <dl className="mb-4">
        <Fact label={t("time")}>
          <Time at={entry.at} full />
        </Fact>
        <Fact label={t("actor")}>{labels.actor(entry)}</Fact>
        <Fact label={t("object")}>
          {labels.objectType(object.type)} {object.name ? <span className="font-medium">{object.name}</span> : null}
        </Fact>
        {object.id ? (
          <Fact label={t("id")}>
            <span className="flex flex-wrap items-center gap-2">
              <code translate="no" className="min-w-0 break-all font-mono text-sm">
                {object.id}
              </code>
              <CopyButton text={object.id} what={t("id")} className="-my-1" />
            </span>
          </Fact>
        ) : null}
        {entry.address ? <Fact label={t("address")}>{entry.address}</Fact> : null}
        {entry.agent ? <Fact label={t("agent")}>{entry.agent}</Fact> : null}
      </dl>
      {changed.length > 0 ? (
        <Changes changed={changed} both={entry.before !== null && entry.after !== null} names={names} />
      ) : (
        <p className="text-muted">{t("noChanges")}</p>
      )}
      {kept.length > 0 ? (
        <p className="mt-3 text-muted text-sm">{t("kept", { fields: kept.map(labels.field).join(", ") })}</p>
      ) : null}
      {object.id ? (
        <Button className="mt-5" onClick={() => onObject(object.id ?? "")}>
          {t("allOfObject")}
        </Button>
      ) : null}
    </Sheet>
  );
}
