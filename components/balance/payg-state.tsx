"use client";
import { OctagonAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFacts } from "@/components/context/facts";
import { Amount } from "@/components/values/amount";
import { formatAmount, parseAmount } from "@/lib/kernel/money";
import type { BalanceAnswer } from "@/lib/ledger/schema";

type Payg = NonNullable<BalanceAnswer["payg"]>;

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-3">
      <dt>{name}</dt>
      <dd className="text-text">{children}</dd>
    </div>
  );
}

/** Calls are refused now, and why: said with an icon, whatever the level is. */
function Refused({ children }: { children: ReactNode }) {
  return (
    <p className="mt-1 flex gap-2 text-critical">
      <OctagonAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      {children}
    </p>
  );
}

function Cycle({ payg }: { payg: Payg }) {
  const t = useTranslations("overview.plan");
  const { unit } = useFacts();
  const steps = (decimal: string) => parseAmount(decimal, unit.scale, { signed: true });
  const left = payg.limit === null ? null : steps(payg.limit) - steps(payg.spent) - steps(payg.held);
  return (
    <dl className="mt-1 grid gap-1">
      <Row name={t("spent")}>
        <Amount of={payg.spent} />
      </Row>
      {payg.held === "0" ? null : (
        <Row name={t("held")}>
          <Amount of={payg.held} />
        </Row>
      )}
      <Row name={t("limit")}>{payg.limit === null ? t("noLimit") : <Amount of={payg.limit} />}</Row>
      {left === null ? null : (
        <Row name={t("limitLeft")}>
          <Amount of={formatAmount(left, unit.scale)} kind="balance" />
        </Row>
      )}
      {left !== null && left <= 0n ? <Refused>{t("reached")}</Refused> : null}
    </dl>
  );
}

type Props = { plan: NonNullable<BalanceAnswer["plan"]>; payg: Payg; prepaid: BalanceAnswer["prepaid"] };

/** After the plan is used up: prepaid credit pays up to a limit, or calls are refused. */
export function PaygState({ plan, payg, prepaid }: Props) {
  const t = useTranslations("overview.plan");
  const { labels } = useFacts();
  const label = labels.payg;
  const some = Object.values(prepaid).some((amount) => amount !== "0");
  return (
    <div className="mt-3 border-t pt-3 text-muted text-sm">
      {payg.mode === "always" ? (
        <p>{t(some ? "always" : "alwaysNone")}</p>
      ) : (
        <p className="text-text">{t(payg.enabled ? "on" : "off", { label })}</p>
      )}
      {payg.enabled ? (
        payg.mode === "toggle" ? (
          <Cycle payg={payg} />
        ) : null
      ) : plan.remaining === "0" ? (
        <Refused>{t("offNow")}</Refused>
      ) : (
        <p className="mt-1">{t("offThen")}</p>
      )}
    </div>
  );
}
