"use client";
import { Lock, WifiOff } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "./button";

/** An empty list: one sentence, and the action. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="grid min-h-32 place-content-center justify-items-center gap-3 text-center text-muted">
      <p>{children}</p>
      {action}
    </div>
  );
}

/** Something could not be loaded; reading never charges or changes anything. */
export function LoadError({ what, onRetry }: { what: string; onRetry: () => void }) {
  const t = useTranslations("common");
  return (
    <div role="alert" className="grid min-h-32 place-content-center justify-items-center gap-3 text-center">
      <p>{t("loadFailed", { what })}</p>
      <Button onClick={onRetry}>{t("retry")}</Button>
    </div>
  );
}

/** The reader's role does not reach this; `who` may: "Owners and admins". */
export function NoPermission({ what, who }: { what: string; who: string }) {
  const t = useTranslations("common");
  return (
    <div className="grid min-h-32 place-content-center justify-items-center gap-2 text-center">
      <Lock aria-hidden="true" className="size-5 text-muted" />
      <p className="font-medium">{t("noPermission", { what })}</p>
      <p className="text-muted">{t("whoMay", { who })}</p>
    </div>
  );
}

/** The network is down, so the page may be old. */
export function Offline({ children }: { children?: ReactNode }) {
  const t = useTranslations("common");
  return (
    <p className="flex items-start gap-3 rounded-card bg-control px-4 py-3">
      <WifiOff aria-hidden="true" className="size-5 shrink-0 text-muted" />
      <span>{children ?? t("offline")}</span>
    </p>
  );
}
