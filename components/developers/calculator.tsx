"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useTransition } from "react";
import { useFacts } from "@/components/context/facts";
import { Card, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import type { ListedPrice } from "@/lib/catalogue/schema";
import { CallForm } from "./call-form";
import { useCall } from "./use-call";

/** The call, and below it the server's answer to it as children. */
export function Calculator({ prices, children }: { prices: readonly ListedPrice[]; children: ReactNode }) {
  const t = useTranslations("developers.calculator");
  const [pending, startTransition] = useTransition();
  const { meters } = useFacts();
  const chosen = useCall(prices, startTransition);
  return (
    <div id="calculator" className="grid min-w-0 scroll-mt-20 gap-4">
      <p className="text-muted text-sm">{t("lead")}</p>
      <Card aria-label={t("call")}>
        <CardHeader title={t("call")} />
        <CallForm prices={prices} meters={meters} chosen={chosen} />
      </Card>
      <div
        aria-busy={pending}
        aria-live="polite"
        className={cn("min-w-0 transition-opacity duration-150", pending && "opacity-60")}
      >
        {children}
      </div>
    </div>
  );
}
