"use client";
import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { usePaths } from "@/components/context/use-paths";
import { LimitBars } from "@/components/limits/limit-bars";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { Empty } from "@/components/ui/notice";
import { Amount } from "@/components/values/amount";
import { Time } from "@/components/values/time";
import type { Key } from "@/lib/accounts/schema";

const HEAD = "border-b py-2 pr-6 text-left font-normal text-muted text-xs";
const CELL = "py-3 pr-6 align-top max-md:block max-md:py-1 max-md:pr-0 md:border-b group-last:border-b-0 last:pr-0";
const ROW =
  "group relative hover:bg-control/60 max-md:block max-md:border-b max-md:py-3 max-md:last:border-b-0 [&_a]:after:absolute [&_a]:after:inset-0";
const LABEL = "mr-2 text-muted text-sm md:hidden";

type Column = "owner" | "lastUsed" | "limits" | "spent" | "ended";

function Ending({ apiKey: { revokedAt, expiresAt } }: { apiKey: Key }) {
  const t = useTranslations("keys");
  const at = revokedAt ?? expiresAt;
  if (!at) return null;
  return (
    <>
      <Badge>{revokedAt ? t("revoked") : t("expired")}</Badge> <Time at={at} precise className="text-muted" />
    </>
  );
}

function KeyRow({ apiKey, ended }: { apiKey: Key; ended: boolean }) {
  const paths = usePaths();
  const t = useTranslations("keys");
  return (
    <tr className={ROW}>
      <th scope="row" className={`${CELL} text-left font-normal`}>
        <Link
          href={paths.key(apiKey.id) as Route}
          className="block font-medium wrap-anywhere hover:underline md:min-w-40"
        >
          {apiKey.name}
        </Link>
        <code translate="no" className="font-mono text-muted text-xs">{`sk_…${apiKey.hint}`}</code>
        {apiKey.expiresAt && !ended ? (
          <span className="block text-muted text-sm">
            {t("expires")} <Time at={apiKey.expiresAt} precise />
          </span>
        ) : null}
      </th>
      <td className={CELL}>
        <span className={LABEL}>{t("owner")}</span>
        {apiKey.owner ? (
          <span title={apiKey.owner.email} className="block wrap-anywhere md:min-w-24">
            {apiKey.owner.name ?? apiKey.owner.email}
          </span>
        ) : (
          <span className="text-muted">{t("organization")}</span>
        )}
      </td>
      <td className={`${CELL} whitespace-nowrap`}>
        <span className={LABEL}>{t("lastUsed")}</span>
        {apiKey.lastUsedAt ? <Time at={apiKey.lastUsedAt} /> : <span className="text-muted">{t("neverUsed")}</span>}
      </td>
      <td className={`${CELL} md:w-[36%]`}>
        {ended ? <Ending apiKey={apiKey} /> : <LimitBars limits={apiKey.limits} name={apiKey.name} />}
      </td>
      <td className={cn(CELL, "md:text-right")}>
        <span className={LABEL}>{t("spent")}</span>
        <Amount of={apiKey.spent30d} />
      </td>
    </tr>
  );
}

type Props = { title: string; keys: readonly Key[]; ended?: boolean };

/** Keys with their limits and spending; each row leads to the key's page. */
export function KeyTable({ title, keys, ended = false }: Props) {
  const t = useTranslations("keys");
  const columns: readonly Column[] = ["owner", "lastUsed", ended ? "ended" : "limits", "spent"];
  return (
    <Card aria-label={title}>
      <CardHeader title={title} />
      {keys.length === 0 ? (
        <Empty>{t("noneWorking")}</Empty>
      ) : (
        <table className="w-full border-collapse max-md:block">
          <thead className="max-md:sr-only">
            <tr>
              <th scope="col" className={HEAD}>
                {t("name")}
              </th>
              {columns.map((column) => (
                <th
                  key={column}
                  scope="col"
                  className={cn(HEAD, column === "spent" && "whitespace-nowrap pr-0 text-right")}
                >
                  {t(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="max-md:block">
            {keys.map((apiKey) => (
              <KeyRow key={apiKey.id} apiKey={apiKey} ended={ended} />
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
