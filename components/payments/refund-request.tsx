"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Action, refusalOf } from "@/components/actions/action";
import { useReadAgain } from "@/components/data/use-read";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Form, type FormRefusal } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { Time } from "@/components/values/time";
import { endpoints } from "@/lib/adapters/portal/endpoints";
import { type MoneyFacts, printMoney } from "@/lib/kernel/print-money";
import { type PaymentReversals, type RequestRefund, requestRefundSchema } from "@/lib/payments/schema";
import { type RefundPolicy, RefundRules } from "./refund-rules";

type Props = { payment: PaymentReversals; money: MoneyFacts; policy: RefundPolicy; action: Action };

function Asking({ payment, money, action, onClose }: Omit<Props, "policy"> & { onClose: () => void }) {
  const t = useTranslations("refunds.ask");
  const readAgain = useReadAgain();
  const send = async (values: RequestRefund): Promise<FormRefusal | undefined> => {
    const answer = await action(values);
    if (answer.refusal) return refusalOf(answer);
    await readAgain(endpoints.payments, endpoints.paymentReversals);
    toast(t("sent"), "success");
    onClose();
  };
  const most = printMoney(payment.left.money.amount, money);
  const { card } = payment;
  return (
    <Form
      schema={requestRefundSchema}
      onSubmit={send}
      submit={t("submit")}
      note={card ? t("note", { money: most, card }) : t("noteAnyCard", { money: most })}
      actions={<Button onClick={onClose}>{t("cancel")}</Button>}
    >
      <input type="hidden" name="payment" value={payment.id} />
      <Field name="reason" label={t("reason")} hint={t("hint")}>
        <Input render={<textarea rows={3} />} className="h-auto min-h-20 py-2" />
      </Field>
    </Form>
  );
}

/** The rules and the form, or the reason why there is no form. */
export function RefundRequest({ payment, money, policy, action }: Props) {
  const t = useTranslations("refunds.ask");
  const [asking, setAsking] = useState(false);
  const request = payment.refunds.find(({ state }) => state === "requested");
  const nothing = payment.left.money.amount === "0";
  return (
    <section className="border-line border-t pt-4">
      <h3 className="mb-2 font-medium">{t("title")}</h3>
      <RefundRules policy={policy} className="mb-3 text-muted" />
      {request ? (
        <p>{t.rich("waiting", { day: () => <Time at={request.createdAt} precise /> })}</p>
      ) : nothing ? (
        <p>{t("nothingLeft")}</p>
      ) : !policy.owner ? (
        <p>{t("ownerOnly")}</p>
      ) : asking ? (
        <Asking payment={payment} money={money} action={action} onClose={() => setAsking(false)} />
      ) : (
        <Button onClick={() => setAsking(true)}>{t("open")}</Button>
      )}
    </section>
  );
}
