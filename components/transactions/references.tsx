"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useFacts } from "@/components/context/facts";
import { CopyButton } from "@/components/ui/copy-button";
import type { TransactionDetail } from "@/lib/ledger/schema";
import type { KeyName } from "./columns";

type Kind = "transaction" | "event" | "hold" | "key" | "resource" | "grant";
type Reference = { kind: Kind; id: string; note: string | null };

type KnownNames = { hold: string | null; keys: readonly KeyName[]; resources: readonly string[] };

function referencesOf(transaction: TransactionDetail, { hold, keys, resources }: KnownNames): Reference[] {
  const { id, event, key, resource, entries } = transaction;
  const grants = [...new Set(entries.flatMap(({ grant }) => grant?.id ?? []))];
  const found: (Reference | null)[] = [
    { kind: "transaction", id, note: null },
    event === null ? null : { kind: "event", id: event, note: null },
    hold === null ? null : { kind: "hold", id: hold, note: null },
    key === null ? null : { kind: "key", id: key, note: keys.find((one) => one.id === key)?.name ?? null },
    ...resources.map((name) => {
      const named = transaction.usage?.tags?.[name];
      return named === undefined ? null : { kind: "resource" as const, id: named, note: name };
    }),
    resource === null ? null : { kind: "resource", id: resource.id, note: resource.type },
    ...grants.map((grant) => ({ kind: "grant" as const, id: grant, note: null })),
  ];
  return found.filter((one) => one !== null);
}

type Props = { transaction: TransactionDetail; hold: string | null; keys: readonly KeyName[] };

/** Every id that the transaction is found by, to copy. */
export function References({ transaction, hold, keys }: Props) {
  const t = useTranslations("transactions.reference");
  const { resources } = useFacts();
  const references = useMemo(
    () => referencesOf(transaction, { hold, keys, resources }),
    [transaction, hold, keys, resources],
  );
  return (
    <dl className="grid gap-1">
      {references.map(({ kind, id, note }) => (
        <div
          key={`${kind} ${note} ${id}`}
          className="grid grid-cols-[7rem_minmax(0,1fr)_auto] items-center gap-2 max-sm:grid-cols-[minmax(0,1fr)_auto]"
        >
          <dt className="truncate text-muted text-sm max-sm:col-span-2">
            {t(kind)}
            {note ? ` · ${note}` : ""}
          </dt>
          <dd className="truncate font-mono text-sm" title={id}>
            {id}
          </dd>
          <dd>
            <CopyButton text={id} what={t("idOf", { what: t(kind) })} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
