"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { usePaths } from "@/components/context/use-paths";
import { useBalance } from "@/components/data/queries";
import type { PlanGuide } from "@/lib/catalogue/schema";
import type { BalanceAnswer } from "@/lib/ledger/schema";
import type { Interval, PlanAnswer, PlanList } from "@/lib/plans/schema";
import { ChangeDialog } from "./change-dialog";
import { CurrentPlan } from "./current-plan";
import { GuideCard } from "./guide-card";
import { PastDue } from "./past-due";
import { PaygCard } from "./payg-card";
import type { PlanActions } from "./plan-actions";
import { PlanCards } from "./plan-cards";
import { SubscribeDialog } from "./subscribe-dialog";

export type Returned = { state: "succeeded" | "open" | "ended"; plan: string };
type Props = {
  list: PlanList;
  balance: BalanceAnswer;
  mayChange: boolean;
  /** The result of the payment that the reader returns from. */
  returned: Returned | null;
  support: string;
  /** The catalogue's guide whether to subscribe. */
  guide: PlanGuide | null;
  /** Suggested limits of PAYG fallback; null where it is no choice: prepaid credit always pays. */
  limitPresets: readonly string[] | null;
  actions: PlanActions;
};

/** The running plan, its next price, the plans for sale, and PAYG fallback. */
export function Plans({ list, balance: first, mayChange, returned, support, guide, limitPresets, actions }: Props) {
  const paths = usePaths();
  const t = useTranslations("plans");
  const router = useRouter();
  const { data: balance = first } = useBalance(first);
  const [wish, setWish] = useState<{ plan: PlanAnswer; interval: Interval } | null>(null);
  const { subscription } = list;
  const close = () => setWish(null);
  // Without what the reader came back from: it was said, and something else has happened since.
  const changed = () => {
    router.replace(paths.subscription);
    router.refresh();
  };
  const paid = subscription !== null && !subscription.free;
  return (
    <div className="grid gap-4 lg:grid-cols-12">
      {returned ? (
        <p role="status" className="rounded-card border bg-card px-5 py-3 lg:col-span-12">
          {returned.state === "succeeded"
            ? t("returned.succeeded", { plan: returned.plan })
            : t(`returned.${returned.state}`)}
        </p>
      ) : null}
      {subscription?.pastDueSince ? <PastDue since={subscription.pastDueSince} payUrl={subscription.payUrl} /> : null}
      <CurrentPlan list={list} mayChange={mayChange} support={support} actions={actions} onChanged={changed} />
      {limitPresets ? (
        <PaygCard
          payg={balance.payg}
          limitPresets={limitPresets}
          mayChange={mayChange}
          action={actions.setPayg}
          onChanged={changed}
        />
      ) : null}
      <PlanCards list={list} mayChange={mayChange} onWish={setWish} />
      {guide ? <GuideCard guide={guide} className="lg:col-span-12" /> : null}
      {wish && paid ? (
        <ChangeDialog
          key={`${wish.plan.id}-${wish.interval}`}
          {...{ wish, list, actions }}
          onClose={close}
          onChanged={changed}
        />
      ) : null}
      {wish && !paid ? <SubscribeDialog {...{ wish, list, actions }} onClose={close} onChanged={changed} /> : null}
    </div>
  );
}
