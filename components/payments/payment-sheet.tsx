"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Action } from "@/components/actions/action";
import { useReadOrNull } from "@/components/data/use-read";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Empty, LoadError } from "@/components/ui/notice";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { ExactAmount } from "@/components/values/exact-amount";
import { Time } from "@/components/values/time";
import { endpoints } from "@/lib/adapters/portal/endpoints";
import { type MoneyFacts, printMoney } from "@/lib/kernel/print-money";
import type { PaymentReversals } from "@/lib/payments/schema";
import { RefundRequest } from "./refund-request";
import type { RefundPolicy } from "./refund-rules";
import { Reversals } from "./reversals";

const TONES = { open: "plain", succeeded: "good", failed: "critical", canceled: "plain" } as const;

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[8rem_minmax(0,1fr)] gap-x-4 py-1.5">
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

function Facts({ payment }: { payment: PaymentReversals }) {
  const t = useTranslations("refunds.facts");
  const { card, credit, clawed, left, createdAt, id } = payment;
  return (
    <dl>
      {card ? <Fact label={t("card")}>{card}</Fact> : null}
      <Fact label={t("paid")}>
        <Time at={createdAt} full />
      </Fact>
      {credit === "0" ? null : (
        <>
          <Fact label={t("bought")}>
            <ExactAmount of={credit} />
          </Fact>
          <Fact label={t("left")}>
            <ExactAmount of={left.credit} />
          </Fact>
        </>
      )}
      {clawed === "0" ? null : (
        <Fact label={t("taken")}>
          <ExactAmount of={clawed} />
        </Fact>
      )}
      <Fact label={t("id")}>
        <span className="flex items-center gap-2">
          <span className="truncate font-mono text-sm" title={id}>
            {id}
          </span>
          <CopyButton text={id} what={t("id")} />
        </span>
      </Fact>
    </dl>
  );
}

type Props = { id: string; money: MoneyFacts; policy: RefundPolicy; action: Action; onClose: () => void };

function Body({ id, money, policy, action, onClose }: Props) {
  const t = useTranslations("refunds");
  const { data, isError, refetch } = useReadOrNull(endpoints.paymentReversals, { id });
  if (data === null) return <Empty action={<Button onClick={onClose}>{t("close")}</Button>}>{t("notFound")}</Empty>;
  if (isError) return <LoadError what={t("failed")} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-72" />;
  return (
    <div className="grid gap-5">
      <div>
        <p className="font-medium text-2xl tabular-nums" translate="no">
          {printMoney(data.money.amount, money)}
        </p>
        <p className="mt-1 flex flex-wrap items-center gap-2 text-muted">
          <Badge tone={TONES[data.state]}>{t(`state.${data.state}`)}</Badge>
          {data.description}
        </p>
      </div>
      <Facts payment={data} />
      <Reversals payment={data} money={money} />
      {data.state === "succeeded" ? (
        <RefundRequest payment={data} money={money} policy={policy} action={action} />
      ) : null}
    </div>
  );
}

/**
 * One payment beside the list: its card, its credit, the credit left, its refunds and disputes, and the request of a
 * refund.
 */
export function PaymentSheet(props: Props) {
  const t = useTranslations("refunds");
  return (
    <Sheet open onOpenChange={(open) => open || props.onClose()} title={t("title")}>
      <Body key={props.id} {...props} />
    </Sheet>
  );
}
