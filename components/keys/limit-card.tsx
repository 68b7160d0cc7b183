"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Reader } from "@/components/actions/action";
import type { KeyState } from "@/components/limits/key-state";
import { LimitBars } from "@/components/limits/limit-bars";
import type { Limit } from "@/components/limits/limit-share";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { PermissionNote } from "@/components/ui/permission-note";
import { Amount } from "@/components/values/amount";
import type { KeyDetail } from "@/lib/accounts/schema";
import { SetKeyLimits } from "./edit-key";
import type { KeyActions } from "./key-actions";
import { keyPowers } from "./key-powers";

type Props = { apiKey: KeyDetail; state: KeyState; reader: Reader; setLimits: KeyActions["setLimits"] };

/** The spending in windows without a limit. */
function OpenWindows({ limits }: { limits: readonly Limit[] }) {
  const t = useTranslations("keys");
  return (
    <dl className="mt-5 grid gap-2 text-sm">
      {limits
        .filter(({ limit }) => limit === null)
        .map(({ window, spent }) => (
          <div key={window} className="flex justify-between gap-3 border-t pt-2">
            <dt>{t(`window.${window}`)}</dt>
            <dd className="text-muted tabular-nums">
              {t.rich("openWindow", { spent: () => <Amount of={spent} className="text-text" /> })}
            </dd>
          </div>
        ))}
    </dl>
  );
}

/** The rest of the key's limits, and the form to set them. */
export function LimitCard({ apiKey, state, reader, setLimits }: Props) {
  const t = useTranslations("keys");
  const [open, setOpen] = useState(false);
  const { limit } = keyPowers(reader, apiKey.owner?.id);
  const limited = apiKey.limits.some((one) => one.limit !== null);
  const working = state === "working";
  return (
    <Card aria-label={t("limits")} className="lg:col-span-7">
      <CardHeader title={t("limits")}>
        {working && limit ? <Button onClick={() => setOpen(true)}>{t("limitForm.open")}</Button> : null}
      </CardHeader>
      {limited ? (
        <LimitBars limits={apiKey.limits} name={apiKey.name} className="gap-4" />
      ) : (
        <p className="text-muted">{t("unlimited")}</p>
      )}
      <OpenWindows limits={apiKey.limits} />
      {working && !limit ? <PermissionNote className="mt-4">{t("why.limit")}</PermissionNote> : null}
      <SetKeyLimits open={open} onClose={() => setOpen(false)} apiKey={apiKey} action={setLimits} />
    </Card>
  );
}
