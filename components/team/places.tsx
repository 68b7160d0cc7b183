"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Action, refusalOf } from "@/components/actions/action";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { Time } from "@/components/values/time";
import type { Place, Places as PlacesOf } from "@/lib/accounts/schema";

type Props = {
  places: PlacesOf;
  /** Null if the viewer may not free a place. */
  free: Action | null;
};

/** Agents or workspaces that have a place of those that the plan allows. */
export function Places({ places: { tag, most, values }, free }: Props) {
  const t = useTranslations("team.places");
  const router = useRouter();
  const [ending, setEnding] = useState<Place | null>(null);
  if (most === null || values.length === 0) return null;
  const confirm = async () => {
    const answer = await free?.(ending);
    if (!answer || answer.refusal) return answer && refusalOf(answer);
    router.refresh();
    toast(t("done", { value: ending?.value ?? "" }), "success");
    return undefined;
  };
  return (
    <Card aria-label={t(`title.${tag}`)}>
      <CardHeader title={t(`title.${tag}`)} />
      <p className="mb-2 text-muted text-sm">{t(`count.${tag}`, { count: values.length, most })}</p>
      <ul>
        {values.map(({ value, since }) => (
          <li
            key={value}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b py-2 last:border-b-0"
          >
            <div className="min-w-0">
              <p className="wrap-anywhere font-medium">{value}</p>
              <p className="text-muted text-sm">
                {t("since")} <Time at={since} />
              </p>
            </div>
            {free ? (
              <Button aria-label={t("freeOf", { value })} size="small" onClick={() => setEnding({ tag, value })}>
                {t("free")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={ending !== null}
        onClose={() => setEnding(null)}
        title={t("question", { value: ending?.value ?? "" })}
        confirm={t("free")}
        onConfirm={confirm}
      >
        <p className="wrap-anywhere">{t("what", { value: ending?.value ?? "" })}</p>
      </ConfirmDialog>
    </Card>
  );
}
