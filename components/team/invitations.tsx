"use client";
import { useTranslations } from "next-intl";
import { type Action, refusalOf } from "@/components/actions/action";
import { toast } from "@/components/ui/toast";
import { Time } from "@/components/values/time";
import type { Invitation } from "@/lib/accounts/schema";
import { EndingCard } from "./ending-card";
import { useTeamChanged } from "./team-actions";

type Props = {
  invitations: readonly Invitation[];
  /** Null if the viewer may not withdraw. */
  withdraw: Action | null;
};

function Details({ of: { role, inviter, state, expiresAt } }: { of: Invitation }) {
  const t = useTranslations("team.pending");
  const roles = useTranslations("team.roles");
  return (
    <>
      {inviter ? t("asBy", { role: roles(role), inviter }) : t("as", { role: roles(role) })}
      {" · "}
      {state === "expired" ? (
        t("expired")
      ) : (
        <>
          {t("expires")} <Time at={expiresAt} precise />
        </>
      )}
    </>
  );
}

/** Who was invited and has not come yet. */
export function Invitations({ invitations, withdraw }: Props) {
  const t = useTranslations("team.pending");
  const changed = useTeamChanged();
  if (invitations.length === 0) return null;
  const end = async ({ id, email }: Invitation) => {
    const answer = await withdraw?.({ id });
    if (!answer || answer.refusal) return answer && refusalOf(answer);
    await changed();
    toast(t("done", { email }), "success");
    return undefined;
  };
  return (
    <EndingCard
      title={t("title")}
      items={invitations}
      rowOf={(invitation) => ({
        key: invitation.id,
        name: invitation.email,
        details: <Details of={invitation} />,
        endLabel: t("withdrawOf", { email: invitation.email }),
      })}
      button={t("withdraw")}
      questionOf={(invitation) => ({ title: t("question"), text: t("what", { email: invitation?.email ?? "" }) })}
      onEnd={withdraw && end}
    />
  );
}
