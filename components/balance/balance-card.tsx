"use client";
import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFacts } from "@/components/context/facts";
import { usePaths } from "@/components/context/use-paths";
import { inSentence } from "@/components/format/in-sentence";
import { LEVELS } from "@/components/level/levels";
import { buttonVariants } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { LiveText } from "@/components/ui/live-text";
import { Amount } from "@/components/values/amount";
import type { BalanceAnswer } from "@/lib/ledger/schema";
import { AutoTopUpLink } from "./auto-top-up-link";
import { BalanceParts } from "./split-bar";

/** The amount that counts, and its level; a change is lit up briefly. */
export function AvailableAmount({ balance }: { balance: BalanceAnswer }) {
  const [first] = useState(balance.available);
  return (
    <p
      key={balance.available}
      data-testid="available"
      className={cn(
        "mt-1 mb-5 rounded-control font-semibold text-2xl min-[380px]:text-3xl",
        balance.available.startsWith("-") && "text-critical",
        balance.available !== first && "animate-flash",
      )}
    >
      <Amount of={balance.available} kind="balance" className="whitespace-normal" />
    </p>
  );
}

/** The link to more credit for readers who may buy it; for others, to the present credit. */
function BalanceAction() {
  const t = useTranslations("overview.balance");
  const { labels, may, plansSold, offered } = useFacts();
  const paths = usePaths();
  const primary = buttonVariants({ variant: "primary" });
  if (may.buy) {
    return (
      <Link href={paths.addFunds as Route} className={primary}>
        {labels.topUp}
      </Link>
    );
  }
  if (may.manage && plansSold) {
    return (
      <Link href={paths.subscription as Route} className={primary}>
        {t("choosePlan")}
      </Link>
    );
  }
  return (
    <Link href={paths.billing as Route} className="text-muted underline underline-offset-4 hover:text-text">
      {t("more", { plans: String(offered.subscription) })}
    </Link>
  );
}

/** Available credit, and below it its sources. */
export function BalanceCard({ balance }: { balance: BalanceAnswer }) {
  const { labels } = useFacts();
  const t = useTranslations("overview.balance");
  const words = useTranslations("level.word");
  const level = LEVELS[balance.level];
  const word = words(balance.level);
  return (
    <Card aria-labelledby="balance" className="flex flex-col lg:col-span-5">
      <div className="flex items-center justify-between gap-3">
        <h2 id="balance" className="text-muted">
          {t("title")}
        </h2>
        <span className={cn("flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-sm", level.soft, level.text)}>
          <level.icon aria-hidden="true" className="size-3.5 shrink-0" />
          <LiveText>{balance.level === "normal" ? t("state", { word, advice: balance.advice }) : word}</LiveText>
        </span>
      </div>
      <AvailableAmount balance={balance} />
      <BalanceParts balance={balance} />
      {balance.firstCall === "0" ? null : (
        <p className="mt-3 text-sm">
          {t.rich("firstCall", {
            label: inSentence(labels.promotional),
            amount: () => <Amount of={balance.firstCall} />,
          })}
        </p>
      )}
      <div className="mt-auto flex flex-wrap items-center justify-between gap-x-4 gap-y-2 pt-4 text-sm">
        <BalanceAction />
        <AutoTopUpLink of={balance.autoTopUp} />
      </div>
    </Card>
  );
}
