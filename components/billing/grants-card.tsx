"use client";
import { useTranslations } from "next-intl";
import { useRead } from "@/components/data/use-read";
import { Card, CardHeader } from "@/components/ui/card";
import { Empty, LoadError } from "@/components/ui/notice";
import { endpoints } from "@/lib/adapters/portal/endpoints";
import type { GrantList } from "@/lib/ledger/schema";
import { GrantRows } from "./grant-rows";

/** Grants: usable ones first, ended ones on demand. */
export function GrantsCard({ initial, operator }: { initial: GrantList; operator: string }) {
  const t = useTranslations("billing.grants");
  const { data, isError, refetch } = useRead(endpoints.grants, {}, { initial });
  const live = data.data.filter((grant) => grant.live);
  const ended = data.data.filter((grant) => !grant.live);
  return (
    <Card aria-labelledby="grants" className="lg:col-span-12">
      <CardHeader id="grants" title={t("title")}>
        {live.length > 1 ? <p className="text-muted text-sm">{t("order")}</p> : null}
      </CardHeader>
      {live.length > 0 ? (
        <GrantRows grants={live} operator={operator} caption={t("title")} />
      ) : isError ? (
        <LoadError what={t("failed")} onRetry={() => refetch()} />
      ) : (
        <Empty>{t("empty")}</Empty>
      )}
      {ended.length > 0 ? (
        <details className="mt-4">
          <summary className="w-fit cursor-pointer text-muted text-sm underline underline-offset-4 hover:text-text">
            {t("ended", { count: ended.length })}
          </summary>
          <div className="mt-3">
            <GrantRows grants={ended} operator={operator} caption={t("ended", { count: ended.length })} />
          </div>
        </details>
      ) : null}
    </Card>
  );
}
