"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Action, refusalOf } from "@/components/actions/action";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { Time } from "@/components/values/time";
import type { Session } from "@/lib/accounts/schema";
import { paths } from "@/lib/kernel/paths";
import { agentNames } from "./agent-names";

type Props = { sessions: readonly Session[]; end: Action; endOthers: Action; endAll: Action };

function useAgentLabels() {
  const t = useTranslations("settings.sessions");
  return (agent: string | null) => {
    const { browser, system } = agentNames(agent);
    if (browser && system) return t("browserOn", { browser, system });
    return browser ?? system ?? t("unknown");
  };
}

function SessionRow({ session, onEnd }: { session: Session; onEnd: () => void }) {
  const t = useTranslations("settings.sessions");
  const label = useAgentLabels();
  const { current, address, agent, seenAt, createdAt } = session;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b py-2.5 last:border-b-0">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2 font-medium" title={agent ?? ""}>
          {label(agent)}
          {current ? <Badge tone="accent">{t("current")}</Badge> : null}
        </p>
        <p className="text-muted text-sm">
          {address ? `${address} · ` : ""}
          {t.rich("times", {
            seen: () => <Time at={seenAt} precise />,
            since: () => <Time at={createdAt} precise />,
          })}
        </p>
      </div>
      {current ? null : (
        <Button size="small" aria-label={t("endOf", { what: label(agent) })} onClick={onEnd}>
          {t("end")}
        </Button>
      )}
    </li>
  );
}

/** Where one is signed in, and signing out there. */
export function SessionsCard({ sessions, end, endOthers, endAll }: Props) {
  const t = useTranslations("settings.sessions");
  const router = useRouter();
  const [asking, setAsking] = useState<"all" | "others" | Session | null>(null);
  const label = useAgentLabels();
  const one = asking !== null && typeof asking === "object" ? asking : null;
  const kind = one ? "one" : asking === "others" ? "others" : "all";
  const confirm = async () => {
    const answer = one ? await end({ id: one.id }) : await (kind === "others" ? endOthers : endAll)({});
    if (answer.refusal) return refusalOf(answer);
    if (kind === "all") {
      window.location.assign(paths.signIn);
      return undefined;
    }
    router.refresh();
    toast(t("done"), "success");
    return undefined;
  };
  return (
    <Card aria-label={t("title")}>
      <CardHeader title={t("title")}>
        <div className="flex flex-wrap gap-2">
          {sessions.length > 1 ? <Button onClick={() => setAsking("others")}>{t("others.open")}</Button> : null}
          <Button onClick={() => setAsking("all")}>{t("all.open")}</Button>
        </div>
      </CardHeader>
      <ul>
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} onEnd={() => setAsking(session)} />
        ))}
      </ul>
      <ConfirmDialog
        open={asking !== null}
        onClose={() => setAsking(null)}
        title={t(`${kind}.title`)}
        confirm={t(`${kind}.confirm`)}
        onConfirm={confirm}
      >
        <p>{one ? t("one.what", { what: label(one.agent) }) : t(`${kind === "others" ? "others" : "all"}.what`)}</p>
      </ConfirmDialog>
    </Card>
  );
}
