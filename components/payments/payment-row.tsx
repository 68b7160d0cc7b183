"use client";
import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { usePaths } from "@/components/context/use-paths";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/class-names";
import { Td } from "@/components/ui/table";
import { Time } from "@/components/values/time";
import { type MoneyFacts, printMoney } from "@/lib/kernel/print-money";
import type { PaymentAnswer } from "@/lib/payments/schema";
import { CELL, ROW } from "./row-places";

const TONES = { open: "plain", succeeded: "good", failed: "critical", canceled: "plain" } as const;
const DISPUTES = { inquiry: "low", open: "warning", won: "plain", lost: "critical" } as const;

function State({ payment, money }: { payment: PaymentAnswer; money: MoneyFacts }) {
  const paths = usePaths();
  const t = useTranslations("payments.invoices");
  const { state, refunded, disputed } = payment;
  const all = refunded?.amount === payment.money.amount;
  return (
    <span className="inline-flex flex-wrap items-center gap-1">
      {state === "open" ? (
        <Link
          href={`${paths.paymentReturn}?payment=${payment.id}` as Route}
          prefetch={false}
          className="underline underline-offset-4"
        >
          {t("open.open")}
        </Link>
      ) : (
        <Badge tone={TONES[state]}>{t(`open.${state}`)}</Badge>
      )}
      {refunded ? (
        <Badge tone="low">
          {all ? t("allRefunded") : t("refunded", { money: printMoney(refunded.amount, money) })}
        </Badge>
      ) : null}
      {disputed ? <Badge tone={DISPUTES[disputed]}>{t(`disputed.${disputed}`)}</Badge> : null}
    </span>
  );
}

function InvoiceLink({ payment: { invoice, state } }: { payment: PaymentAnswer }) {
  const paths = usePaths();
  const t = useTranslations("payments.invoices");
  if (!invoice || invoice.state === "draft") {
    return <span className="text-muted">{state === "succeeded" ? t("soon") : t("none")}</span>;
  }
  const number = invoice.number ?? t("pdf");
  return (
    <a
      href={paths.invoiceFile(invoice.id)}
      aria-label={t("pdfOf", { number })}
      className="whitespace-nowrap underline underline-offset-4"
    >
      {number}
    </a>
  );
}

type Props = { payment: PaymentAnswer; money: MoneyFacts; onOpen: () => void };

export function PaymentRow({ payment, money, onOpen }: Props) {
  const t = useTranslations("payments.invoices");
  const { description, card, failure, purpose, createdAt } = payment;
  const about = [card, purpose === "auto_top_up" ? t("auto") : null, failure?.message].filter(Boolean).join(" · ");
  return (
    <tr className={ROW}>
      <Td className={cn(CELL, "whitespace-nowrap text-muted max-sm:order-3 max-sm:text-sm")}>
        <Time at={createdAt} precise />
      </Td>
      <Td className={cn(CELL, "max-sm:order-1")}>
        <button
          type="button"
          onClick={onOpen}
          aria-haspopup="dialog"
          className="text-left underline decoration-line underline-offset-4 hover:decoration-current"
        >
          {description}
        </button>
        {about ? <span className="block text-muted text-sm">{about}</span> : null}
      </Td>
      <Td className={cn(CELL, "max-sm:order-5")}>
        <State payment={payment} money={money} />
      </Td>
      <Td className={cn(CELL, "text-right tabular-nums max-sm:order-2")} translate="no">
        {printMoney(payment.money.amount, money)}
      </Td>
      <Td className={cn(CELL, "text-right max-sm:order-4 max-sm:text-sm")}>
        <InvoiceLink payment={payment} />
      </Td>
    </tr>
  );
}
