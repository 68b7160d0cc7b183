"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import { Empty } from "@/components/ui/notice";
import { Amount } from "@/components/values/amount";
import { Time } from "@/components/values/time";
import { printMoney } from "@/lib/kernel/print-money";
import type { AutoTopUpFacts } from "./facts";

const TONES = { open: "plain", succeeded: "good", failed: "critical", canceled: "plain" } as const;

/** Automatic payments, the latest first: purchase and amount, then time and card. */
export function HistoryCard({ history, offer }: AutoTopUpFacts) {
  const t = useTranslations("autoTopUp.history");
  const { kind } = useFacts().unit;
  return (
    <Card aria-labelledby="history" className="lg:col-span-12">
      <CardHeader id="history" title={t("title")} />
      {history.length === 0 ? <Empty>{t("empty")}</Empty> : null}
      <ul>
        {history.map(({ id, state, money, credit, card, failure, createdAt }) => (
          <li key={id} className="grid grid-cols-[1fr_auto] gap-x-4 border-b py-2.5 last:border-b-0">
            <span className="min-w-0">
              <span className="font-medium tabular-nums" translate="no">
                {printMoney(money.amount, offer.currency)}
              </span>
              <span className="text-muted">
                {" · "}
                {t.rich("brought", { kind, credit: () => <Amount of={credit} /> })}
              </span>
            </span>
            <Badge tone={TONES[state]} className="self-center justify-self-end">
              {t(`state.${state}`)}
            </Badge>
            <span className="col-span-2 text-muted text-sm">
              <Time at={createdAt} />
              {card ? ` · ${card}` : ""}
              {failure ? ` · ${failure.message}` : ""}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
