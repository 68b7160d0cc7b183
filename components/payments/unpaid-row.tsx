"use client";
import { useTranslations } from "next-intl";
import { usePaths } from "@/components/context/use-paths";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/class-names";
import { Td } from "@/components/ui/table";
import { Time } from "@/components/values/time";
import { type MoneyFacts, printMoney } from "@/lib/kernel/print-money";
import type { UnpaidInvoice } from "@/lib/payments/schema";
import { CELL, ROW } from "./row-places";

/** An unpaid invoice and the way to pay it. */
export function UnpaidRow({ of, money }: { of: UnpaidInvoice; money: MoneyFacts }) {
  const t = useTranslations("payments.invoices");
  const paths = usePaths();
  const number = of.number ?? t("pdf");
  return (
    <tr className={ROW}>
      <Td className={cn(CELL, "whitespace-nowrap text-muted max-sm:order-3 max-sm:text-sm")}>
        <Time at={of.createdAt} precise />
      </Td>
      <Td className={cn(CELL, "max-sm:order-1")}>{of.description}</Td>
      <Td className={cn(CELL, "max-sm:order-5")}>
        <span className="inline-flex flex-wrap items-center gap-2">
          <Badge tone="critical">{t("unpaid")}</Badge>
          {of.payUrl ? (
            <a href={of.payUrl} className="underline underline-offset-4">
              {t("pay")}
            </a>
          ) : null}
        </span>
      </Td>
      <Td className={cn(CELL, "text-right tabular-nums max-sm:order-2")}>{printMoney(of.money.amount, money)}</Td>
      <Td className={cn(CELL, "text-right max-sm:order-4 max-sm:text-sm")}>
        <a
          href={paths.invoiceFile(of.id)}
          aria-label={t("pdfOf", { number })}
          className="whitespace-nowrap underline underline-offset-4"
        >
          {number}
        </a>
      </Td>
    </tr>
  );
}
