"use client";
import { OctagonAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import type { Action } from "@/components/actions/action";
import { useFacts } from "@/components/context/facts";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Amount } from "@/components/values/amount";
import { formatAmount, parseAmount } from "@/lib/kernel/money";
import type { BalanceAnswer } from "@/lib/ledger/schema";
import { PaygDialog } from "./payg-dialog";

type Payg = NonNullable<BalanceAnswer["payg"]>;
type Props = {
  payg: BalanceAnswer["payg"];
  limitPresets: readonly string[];
  mayChange: boolean;
  action: Action;
  onChanged: () => void;
};

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-4 border-b py-2 last:border-0">
      <dt className="text-muted">{name}</dt>
      <dd className="tabular-nums">{children}</dd>
    </div>
  );
}

/** The spent, held and free parts of the limit, in this month. */
function Limit({ payg }: { payg: Payg }) {
  const t = useTranslations("plans.payg");
  const { unit } = useFacts();
  const steps = (decimal: string) => parseAmount(decimal, unit.scale, { signed: true });
  const left = payg.limit === null ? null : steps(payg.limit) - steps(payg.spent) - steps(payg.held);
  return (
    <>
      <dl className="mt-2 text-sm">
        <Row name={t("limit")}>{payg.limit === null ? t("noLimit") : <Amount of={payg.limit} />}</Row>
        <Row name={t("spent")}>
          <Amount of={payg.spent} />
        </Row>
        <Row name={t("held")}>
          <Amount of={payg.held} />
        </Row>
        {left === null ? null : (
          <Row name={t("left")}>
            <Amount of={formatAmount(left < 0n ? 0n : left, unit.scale)} kind="balance" />
          </Row>
        )}
      </dl>
      {left !== null && left <= 0n ? (
        <p className="mt-2 flex gap-2 text-critical text-sm">
          <OctagonAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {t("reached")}
        </p>
      ) : null}
    </>
  );
}

function Switched({ payg }: { payg: Payg }) {
  const t = useTranslations("plans.payg");
  return (
    <>
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={payg.enabled ? "good" : "plain"}>{payg.enabled ? t("on") : t("off")}</Badge>
        <span>{payg.enabled ? t("onThen") : t("offThen")}</span>
      </p>
      {payg.enabled ? <Limit payg={payg} /> : null}
    </>
  );
}

/** PAYG fallback: whether prepaid credit pays when the plan is used up, and up to how much. */
export function PaygCard({ payg, limitPresets, mayChange, action, onChanged }: Props) {
  const t = useTranslations("plans.payg");
  const { labels } = useFacts();
  const [asked, setAsked] = useState(false);
  const toggles = payg?.mode === "toggle";
  return (
    <Card aria-labelledby="payg" className="lg:col-span-5">
      <CardHeader id="payg" title={labels.payg}>
        {toggles && mayChange ? <Button onClick={() => setAsked(true)}>{t("change")}</Button> : null}
      </CardHeader>
      {payg === null ? <p className="text-muted">{t("noPlan")}</p> : null}
      {toggles ? <Switched payg={payg} /> : null}
      {toggles && asked ? (
        <PaygDialog {...{ payg, limitPresets, action, onChanged }} onClose={() => setAsked(false)} />
      ) : null}
    </Card>
  );
}
