"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Action, refusalOf } from "@/components/actions/action";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { Time } from "@/components/values/time";
import type { Invitation } from "@/lib/accounts/schema";
import { useTeamChanged } from "./team-actions";

type Props = {
  invitations: readonly Invitation[];
  /** Null if the viewer may not withdraw. */
  withdraw: Action | null;
};

/** Who was invited and has not come yet. */
export function Invitations({ invitations, withdraw }: Props) {
  const t = useTranslations("team.pending");
  const roles = useTranslations("team.roles");
  const changed = useTeamChanged();
  const [ending, setEnding] = useState<Invitation | null>(null);
  if (invitations.length === 0) return null;
  const confirm = async () => {
    const answer = await withdraw?.({ id: ending?.id });
    if (!answer || answer.refusal) return answer && refusalOf(answer);
    await changed();
    toast(t("done", { email: ending?.email ?? "" }), "success");
    return undefined;
  };
  return (
    <Card aria-label={t("title")}>
      <CardHeader title={t("title")} />
      <ul>
        {invitations.map((invitation) => (
          <li
            key={invitation.id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b py-2 last:border-b-0"
          >
            <div className="min-w-0">
              <p className="break-all font-medium">{invitation.email}</p>
              <p className="text-muted text-sm">
                {invitation.inviter
                  ? t("asBy", { role: roles(invitation.role), inviter: invitation.inviter })
                  : t("as", { role: roles(invitation.role) })}
                {" · "}
                {invitation.state === "expired" ? (
                  t("expired")
                ) : (
                  <>
                    {t("expires")} <Time at={invitation.expiresAt} precise />
                  </>
                )}
              </p>
            </div>
            {withdraw ? (
              <Button
                aria-label={t("withdrawOf", { email: invitation.email })}
                size="small"
                onClick={() => setEnding(invitation)}
              >
                {t("withdraw")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={ending !== null}
        onClose={() => setEnding(null)}
        title={t("question")}
        confirm={t("withdraw")}
        onConfirm={confirm}
      >
        <p>{t("what", { email: ending?.email ?? "" })}</p>
      </ConfirmDialog>
    </Card>
  );
}
