"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { refusalOf } from "@/components/actions/action";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Amount } from "@/components/values/amount";
import { printMoney } from "@/lib/kernel/print-money";
import type { Interval, PlanAnswer, PlanList } from "@/lib/plans/schema";
import { follow, type PlanActions } from "./plan-actions";

type Props = {
  wish: { plan: PlanAnswer; interval: Interval };
  list: PlanList;
  actions: Pick<PlanActions, "choose">;
  onClose: () => void;
  onChanged: () => void;
};

/** The price and the allowance of a plan, before the payment page. */
export function SubscribeDialog({ wish, list, actions, onClose, onChanged }: Props) {
  const t = useTranslations("plans.subscribe");
  const choose = useTranslations("plans.choose");
  // The same choice sent twice is one payment.
  const [key] = useState(() => crypto.randomUUID());
  const { plan, interval } = wish;
  const price = plan.prices[interval];
  const amount = () => <Amount of={plan.allowance} />;
  const send = async () => {
    const answer = await actions.choose({ plan: plan.id, interval, key });
    if (answer.refusal) return refusalOf(answer);
    // On the way to the payment page the dialog stays, so that nothing else is pressed.
    if (follow(answer.value)) return new Promise<undefined>(() => undefined);
    onChanged();
    return undefined;
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      danger={false}
      title={t("title", { plan: plan.name })}
      confirm={plan.free ? choose("start", { plan: plan.name }) : t("go")}
      onConfirm={send}
    >
      {price === null ? (
        <p>{t.rich("startFree", { amount })}</p>
      ) : (
        <>
          <p>{t("pay", { price: printMoney(price, list), interval })}</p>
          <p>{t.rich("begins", { amount })}</p>
        </>
      )}
      {list.subscription ? <p>{t("replaces", { plan: list.subscription.name })}</p> : null}
    </ConfirmDialog>
  );
}
