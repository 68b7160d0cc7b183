"use client";
import { CircleCheck, CircleX, Clock, type LucideIcon } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { usePaths } from "@/components/context/use-paths";
import { useBalance } from "@/components/data/queries";
import { useRead } from "@/components/data/use-read";
import { buttonVariants } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { Amount } from "@/components/values/amount";
import { endpoints } from "@/lib/adapters/portal/endpoints";
import { type MoneyFacts, printMoney } from "@/lib/kernel/print-money";
import type { BalanceAnswer } from "@/lib/ledger/schema";
import type { PaymentAnswer } from "@/lib/payments/schema";

type CheckedPayment = { payment: PaymentAnswer; redirect: string | null };
type Props = {
  first: CheckedPayment;
  balance: BalanceAnswer;
  money: MoneyFacts;
  /** Where the same is bought again. */
  again: string;
};

const LOOK_MS = 2_000;

function useLooked(first: CheckedPayment) {
  return useRead(
    endpoints.payment,
    { id: first.payment.id },
    {
      initial: first,
      refetchInterval: (looked) => {
        const { payment } = looked ?? first;
        return payment.state === "open" || (payment.state === "succeeded" && !payment.invoice) ? LOOK_MS : false;
      },
    },
  );
}

type FrameProps = { icon: LucideIcon; tone: string; title: string; children: ReactNode; actions: ReactNode };

function Frame({ icon: Icon, tone, title, children, actions }: FrameProps) {
  return (
    <Card className="grid max-w-2xl gap-4" aria-labelledby="result">
      <div className="flex items-start gap-3" role="status">
        <Icon aria-hidden="true" className={cn("mt-0.5 size-5 shrink-0", tone)} />
        <div className="grid min-w-0 flex-1 gap-1">
          <h2 id="result" className="font-medium text-lg">
            {title}
          </h2>
          {children}
        </div>
      </div>
      <div className="flex flex-wrap gap-2">{actions}</div>
    </Card>
  );
}

function To({ href, primary = false, children }: { href: string; primary?: boolean; children: ReactNode }) {
  return (
    <Link href={href as Route} className={buttonVariants({ variant: primary ? "primary" : "outline" })}>
      {children}
    </Link>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-4 border-b py-2 last:border-0">
      <dt className="text-muted">{name}</dt>
      <dd className="text-right tabular-nums">{children}</dd>
    </div>
  );
}

function Succeeded({
  payment,
  money,
  balance: initial,
}: { payment: PaymentAnswer } & Pick<Props, "money" | "balance">) {
  const paths = usePaths();
  const t = useTranslations("payments.result");
  const { data: balance = initial } = useBalance(initial);
  const { invoice, card, purpose, credit } = payment;
  return (
    <Frame
      icon={CircleCheck}
      tone="text-good"
      title={t("succeeded", { money: printMoney(payment.money.amount, money) })}
      actions={
        <>
          <To href={paths.overview} primary>
            {t("overview")}
          </To>
          <To href={paths.invoices}>{t("invoices")}</To>
        </>
      }
    >
      <p>{purpose === "plan" ? t("planPaid") : t.rich("added", { credit: () => <Amount of={credit} /> })}</p>
      <dl className="mt-2 min-w-0 text-sm">
        <Fact name={t("balance")}>
          <Amount of={balance.available} kind="balance" />
        </Fact>
        {card ? <Fact name={t("card")}>{card}</Fact> : null}
        <Fact name={t("invoice")}>
          {invoice?.state === "paid" ? (
            <a href={paths.invoiceFile(invoice.id)} className="underline underline-offset-4">
              {invoice.number ?? t("download")}
            </a>
          ) : (
            t("invoiceSoon")
          )}
        </Fact>
      </dl>
    </Frame>
  );
}

function Open({ redirect, again }: { redirect: string | null; again: string }) {
  const paths = usePaths();
  const t = useTranslations("payments.result");
  if (redirect === null) {
    return (
      <Frame
        icon={Clock}
        tone="text-muted"
        title={t("processing")}
        actions={<To href={paths.overview}>{t("overview")}</To>}
      >
        <p className="text-muted">{t("processingText")}</p>
      </Frame>
    );
  }
  const go = (
    <>
      <a href={redirect} className={buttonVariants({ variant: "primary" })}>
        {t("continue")}
      </a>
      <To href={again}>{t("again")}</To>
    </>
  );
  return (
    <Frame icon={Clock} tone="text-muted" title={t("unfinished")} actions={go}>
      <p className="text-muted">{t("unfinishedText")}</p>
    </Frame>
  );
}

/** The result of a payment: its credit, that it is in progress, or the failure and the next step. */
export function PaymentResult({ first, balance, money, again }: Props) {
  const paths = usePaths();
  const t = useTranslations("payments.result");
  const { data } = useLooked(first);
  const { payment, redirect } = data;
  if (payment.state === "succeeded") return <Succeeded payment={payment} money={money} balance={balance} />;
  if (payment.state === "open") return <Open redirect={redirect} again={again} />;
  const actions = (
    <>
      <To href={again} primary>
        {t("again")}
      </To>
      <To href={paths.paymentMethods}>{t("methods")}</To>
    </>
  );
  return (
    <Frame icon={CircleX} tone="text-critical" title={t(payment.state)} actions={actions}>
      {payment.failure && payment.failure.message !== t("nothing") ? <p>{payment.failure.message}</p> : null}
      <p className="text-muted">{t("nothing")}</p>
    </Frame>
  );
}
