"use client";
import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { useLive } from "@/components/data/live";
import { useBalance } from "@/components/data/queries";
import { Offline } from "@/components/ui/notice";
import type { BalanceAnswer } from "@/lib/ledger/schema";

function subscribe(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** Warns if the page may be old: the network is down, or neither the stream nor a request works. */
export function Connection({ initial }: { initial: BalanceAnswer }) {
  const t = useTranslations("shell");
  const online = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  const live = useLive();
  const { isError } = useBalance(initial);
  const lost = online && !live && isError;
  return (
    <div role="status" className="[&:not(:empty)]:mb-4">
      {online ? null : <Offline />}
      {lost ? <Offline>{t("unreachable")}</Offline> : null}
    </div>
  );
}
