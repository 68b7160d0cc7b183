"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useTransition } from "react";
import { Card, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { CallForm } from "./call-form";
import type { ListedPrice } from "./call-state";
import { useCall } from "./use-call";

/** The call on the left; the server's answer to it, as children, on the right. */
export function Calculator({ prices, children }: { prices: readonly ListedPrice[]; children: ReactNode }) {
  const t = useTranslations("developers.calculator");
  const [pending, startTransition] = useTransition();
  const chosen = useCall(prices, startTransition);
  return (
    <div className="grid gap-4">
      <p className="max-w-[72ch]">{t("lead")}</p>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)]">
        <Card aria-label={t("call")}>
          <CardHeader title={t("call")} />
          <CallForm prices={prices} chosen={chosen} />
        </Card>
        <div
          aria-busy={pending}
          aria-live="polite"
          className={cn("min-w-0 transition-opacity duration-150", pending && "opacity-60")}
        >
          {children}
        </div>
      </div>
    </div>
  );
}
