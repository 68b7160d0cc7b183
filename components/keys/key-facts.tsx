"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card, CardHeader } from "@/components/ui/card";
import { Amount } from "@/components/values/amount";
import { Time } from "@/components/values/time";
import type { KeyDetail } from "@/lib/accounts/schema";

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[minmax(7rem,2fr)_3fr] gap-x-4 border-b py-2 first:pt-0 last:border-b-0 last:pb-0">
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

/** The key's owner, start, expiry and permitted calls. */
export function KeyFacts({ apiKey }: { apiKey: KeyDetail }) {
  const t = useTranslations("keys");
  const { owner, madeBy, lastUsedAt, expiresAt, revokedAt, previousUntil, endpoints, models } = apiKey;
  const maker = madeBy && (madeBy.name ?? t(`maker.${madeBy.type}`));
  return (
    <Card aria-label={t("facts")} className="lg:col-span-5">
      <CardHeader title={t("facts")} />
      <dl>
        <Fact label={t("spent")}>
          <Amount of={apiKey.spent30d} />
        </Fact>
        <Fact label={t("lastUsed")}>{lastUsedAt ? <Time at={lastUsedAt} precise /> : t("neverUsed")}</Fact>
        <Fact label={t("owner")}>{owner ? (owner.name ?? owner.email) : t("organization")}</Fact>
        <Fact label={t("created")}>
          <Time at={apiKey.createdAt} precise />
          {maker ? <span className="text-muted"> {t("by", { maker })}</span> : null}
        </Fact>
        {revokedAt ? (
          <Fact label={t("revoked")}>
            <Time at={revokedAt} precise />
          </Fact>
        ) : (
          <Fact label={t("expires")}>{expiresAt ? <Time at={expiresAt} precise /> : t("never")}</Fact>
        )}
        {previousUntil ? (
          <Fact label={t("previous")}>
            {t.rich("previousUntil", { when: () => <Time at={previousUntil} precise /> })}
          </Fact>
        ) : null}
        <Fact label={t("form.endpoints")}>{endpoints.length > 0 ? endpoints.join(", ") : t("allEndpoints")}</Fact>
        <Fact label={t("form.models")}>{models.length > 0 ? models.join(", ") : t("allModels")}</Fact>
      </dl>
    </Card>
  );
}
