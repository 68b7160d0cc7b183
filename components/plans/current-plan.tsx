"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { refusalOf } from "@/components/actions/action";
import { useFacts } from "@/components/context/facts";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { LiveText } from "@/components/ui/live-text";
import { toast } from "@/components/ui/toast";
import { Amount } from "@/components/values/amount";
import { Time } from "@/components/values/time";
import { printDecimal } from "@/lib/kernel/print-amount";
import { printMoney } from "@/lib/kernel/print-money";
import type { PlanList, SubscriptionAnswer } from "@/lib/plans/schema";
import type { PlanActions } from "./plan-actions";
import { useDay } from "./use-day";

type Props = {
  list: PlanList;
  mayChange: boolean;
  support: string;
  actions: Pick<PlanActions, "cancel" | "resume">;
  onChanged: () => void;
};

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-4 border-b py-2 last:border-0">
      <dt className="text-muted">{name}</dt>
      <dd className="text-right tabular-nums">{children}</dd>
    </div>
  );
}

/** The next event: an invoice, a smaller plan, the end. */
function Ahead({ of, list }: { of: SubscriptionAnswer; list: PlanList }) {
  const t = useTranslations("plans.current");
  const { renewal, next, endsAt } = of;
  const time = (at: string) => () => <Time at={at} />;
  const { afterwards: plan } = list;
  if (endsAt) {
    const words = plan ? t.rich("endsThen", { plan, time: time(endsAt) }) : t.rich("endsOnly", { time: time(endsAt) });
    return (
      <>
        <Fact name={t("ends")}>{words}</Fact>
        {of.stopped ? <Fact name={t("why")}>{t(`stopped.${of.stopped}`)}</Fact> : null}
      </>
    );
  }
  return (
    <>
      {next ? <Fact name={t("changes")}>{t.rich("changesTo", { plan: next.name, time: time(next.at) })}</Fact> : null}
      {renewal && !of.pastDueSince ? (
        <Fact name={t("next")}>
          {renewal.money
            ? t.rich("nextOf", { time: time(renewal.at), money: () => printMoney(renewal.money?.amount ?? "0", list) })
            : t.rich("nextUnknown", { time: time(renewal.at) })}
        </Fact>
      ) : null}
      {of.free ? (
        <Fact name={t("renews")}>
          <Time at={of.cycleEnd} />
        </Fact>
      ) : null}
    </>
  );
}

function Cancel({ of, list, actions, onChanged }: Omit<Props, "mayChange" | "support"> & { of: SubscriptionAnswer }) {
  const t = useTranslations("plans");
  const [asked, setAsked] = useState(false);
  const [pending, setPending] = useState(false);
  const day = useDay();
  const resume = async () => {
    setPending(true);
    const answer = await actions.resume({});
    setPending(false);
    toast(refusalOf(answer)?.problem ?? t("resume.done"), answer.refusal ? "error" : "success");
    onChanged();
  };
  const cancel = async () => {
    const answer = await actions.cancel({});
    if (answer.refusal) return refusalOf(answer);
    toast(of.pastDueSince ? t("cancel.doneUnpaid") : t("cancel.done", { day: day(of.paidUntil) }), "success");
    onChanged();
    return undefined;
  };
  // Automatic charges are allowed again first.
  if (of.stopped === "dispute") return null;
  if (of.endsAt) {
    return (
      <Button variant="outline" pending={pending} onClick={resume}>
        {t("resume.button")}
      </Button>
    );
  }
  const { afterwards } = list;
  return (
    <>
      <Button onClick={() => setAsked(true)}>{t("cancel.button")}</Button>
      <ConfirmDialog
        open={asked}
        onClose={() => setAsked(false)}
        title={t("cancel.title", { plan: of.name })}
        confirm={t("cancel.confirm")}
        onConfirm={cancel}
      >
        <p>
          {of.pastDueSince
            ? t("cancel.unpaid")
            : t.rich("cancel.what", { time: () => <Time at={of.paidUntil} full /> })}
        </p>
        <p>{afterwards ? t("cancel.thenPlan", { plan: afterwards }) : t("cancel.thenNone")}</p>
        <p>{t("cancel.keeps")}</p>
      </ConfirmDialog>
    </>
  );
}

/** What was bought beside the plan, against the next larger one. */
function Upgrade({ upgrade, list }: { upgrade: NonNullable<PlanList["upgrade"]>; list: PlanList }) {
  const t = useTranslations("plans.current.upgrade");
  const { unit } = useFacts();
  const print = ({ amount }: { amount: string }) => printMoney(amount, list);
  const costsMore = upgrade.saves.amount.startsWith("-");
  const savesNothing = upgrade.saves.amount === "0";
  const facts = { plan: upgrade.name, more: print(upgrade.more), extra: printDecimal(upgrade.extra, unit).text };
  return (
    <p className="mt-3 text-sm">
      <LiveText>
        {t("bought", { packs: print(upgrade.packs) })} {t("next", facts)}{" "}
        {costsMore ? t("keep", facts) : savesNothing ? t("same", facts) : t("saves", { saves: print(upgrade.saves) })}
      </LiveText>
    </p>
  );
}

/** The running plan: its allowance, its next price, and its end. */
export function CurrentPlan({ list, mayChange, support, actions, onChanged }: Props) {
  const t = useTranslations("plans.current");
  const { subscription: of, plans, ended, upgrade } = list;
  // Who subscribed before the operator's price changed pays the old one, which the next invoice names.
  const listed = of?.interval ? (plans.find(({ id }) => id === of.plan)?.prices[of.interval] ?? null) : null;
  const price = (of?.next ? null : of?.renewal?.money?.amount) ?? listed;
  // A plan that is called Free says that it costs nothing.
  const without = of?.free ? t(plans.find(({ id }) => id === of.plan)?.free ? "free" : "unbilled") : null;
  return (
    <Card aria-labelledby="current-plan" className="lg:col-span-7">
      <CardHeader id="current-plan" title={t("title")}>
        {of?.billed && mayChange ? <Cancel {...{ of, list, actions, onChanged }} /> : null}
      </CardHeader>
      {of ? (
        <>
          <p className="font-semibold text-2xl">{of.name}</p>
          <p className="mb-3 text-muted">
            <LiveText>
              {without === of.name ? null : without}
              {price && of.interval ? t("price", { price: printMoney(price, list), interval: of.interval }) : null}
            </LiveText>
          </p>
          <dl className="text-sm">
            <Fact name={t("allowance")}>{t.rich("perCycle", { amount: () => <Amount of={of.allowance} /> })}</Fact>
            <Ahead of={of} list={list} />
          </dl>
          {!of.free && !of.billed ? <p className="mt-3 text-muted text-sm">{t("byHand", { support })}</p> : null}
        </>
      ) : (
        <p className="text-muted">{t("none")}</p>
      )}
      {upgrade ? <Upgrade upgrade={upgrade} list={list} /> : null}
      {ended ? (
        <p className="mt-3 text-sm">
          {t.rich(`ended.${ended.reason}`, { plan: ended.name, time: () => <Time at={ended.at} /> })}
        </p>
      ) : null}
      {mayChange ? null : <p className="mt-3 text-muted text-sm">{t("ownerOnly")}</p>}
    </Card>
  );
}
