"use client";
import { useTranslations } from "next-intl";
import { useQueryState } from "nuqs";
import type { Action } from "@/components/actions/action";
import { useReadPages } from "@/components/data/use-read";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Empty, LoadError } from "@/components/ui/notice";
import { Table, Th } from "@/components/ui/table";
import { endpoints } from "@/lib/adapters/portal/endpoints";
import type { MoneyFacts } from "@/lib/kernel/print-money";
import type { PaymentList, UnpaidInvoice } from "@/lib/payments/schema";
import { PaymentRow } from "./payment-row";
import { PaymentSheet } from "./payment-sheet";
import { type RefundPolicy, RefundRules } from "./refund-rules";
import { UnpaidRow } from "./unpaid-row";

type Props = {
  initial: PaymentList;
  unpaid: readonly UnpaidInvoice[];
  money: MoneyFacts;
  policy: RefundPolicy;
  refundAction: Action;
};

/** Unpaid invoices, then every payment with its state and invoice, the latest first; one opens beside the list. */
export function Invoices({ initial, unpaid, money, policy, refundAction }: Props) {
  const t = useTranslations("payments.invoices");
  const [open, setOpen] = useQueryState("payment");
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage, isError, refetch } = useReadPages(
    endpoints.payments,
    {},
    { initial },
  );
  const payments = data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Card aria-labelledby="invoices">
      <CardHeader id="invoices" title={t("title")}>
        <p className="text-muted text-sm">{t("note")}</p>
      </CardHeader>
      {payments.length + unpaid.length > 0 ? (
        <Table>
          <thead className="max-sm:sr-only">
            <tr>
              <Th>{t("time")}</Th>
              <Th>{t("what")}</Th>
              <Th>{t("state")}</Th>
              <Th className="text-right">{t("money")}</Th>
              <Th className="text-right">{t("number")}</Th>
            </tr>
          </thead>
          <tbody>
            {unpaid.map((of) => (
              <UnpaidRow key={of.id} of={of} money={money} />
            ))}
            {payments.map((payment) => (
              <PaymentRow key={payment.id} payment={payment} money={money} onOpen={() => void setOpen(payment.id)} />
            ))}
          </tbody>
        </Table>
      ) : (
        <Empty>{t("empty")}</Empty>
      )}
      {isError ? <LoadError what={t("failed")} onRetry={() => void refetch()} /> : null}
      {hasNextPage ? (
        <Button className="mt-4" pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("more")}
        </Button>
      ) : null}
      <h3 className="mt-6 mb-1 font-medium">{t("refundPolicy")}</h3>
      <RefundRules policy={policy} className="max-w-[72ch] text-muted text-sm" />
      {open ? (
        <PaymentSheet
          id={open}
          money={money}
          policy={policy}
          action={refundAction}
          onClose={() => void setOpen(null)}
        />
      ) : null}
    </Card>
  );
}
