"use client";
import { OctagonAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Action } from "@/components/actions/action";
import { useFacts } from "@/components/context/facts";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import { PermissionNote } from "@/components/ui/permission-note";
import { Table, Td, Th } from "@/components/ui/table";
import { Amount } from "@/components/values/amount";
import { formatAmount, parseAmount } from "@/lib/kernel/money";
import type { BalanceAnswer } from "@/lib/ledger/schema";
import { PaygForm } from "./payg-form";

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

/** What each setting of the limit means. */
function Effects({ limits }: { limits: readonly string[] }) {
  const t = useTranslations("plans.payg.effects");
  const amount = (of: string) => () => <Amount of={of} />;
  return (
    <Table aria-label={t("title")} className="mt-4">
      <thead>
        <tr>
          <Th>{t("setting")}</Th>
          <Th>{t("effect")}</Th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <Td>{t("none")}</Td>
          <Td>{t("noneThen")}</Td>
        </tr>
        {limits.map((limit) => (
          <tr key={limit}>
            <Td>{t.rich("limit", { amount: amount(limit) })}</Td>
            <Td>{t.rich("limitThen", { amount: amount(limit) })}</Td>
          </tr>
        ))}
        <tr>
          <Td>
            <Amount of="0" />
          </Td>
          <Td>{t("zeroThen")}</Td>
        </tr>
      </tbody>
    </Table>
  );
}

/** PAYG fallback: whether prepaid credit pays when the plan is used up, and up to how much. */
export function PaygCard({ payg, limitPresets, mayChange, action, onChanged }: Props) {
  const t = useTranslations("plans.payg");
  const { labels } = useFacts();
  const toggles = payg?.mode === "toggle";
  return (
    <Card aria-labelledby="payg" className="scroll-mt-20 lg:col-span-5">
      <CardHeader id="payg" title={labels.payg} />
      {payg === null ? <p className="text-muted">{t("noPlan")}</p> : null}
      {toggles ? <Switched payg={payg} /> : null}
      {toggles && mayChange ? (
        <PaygForm key={`${payg.enabled} ${payg.limit}`} {...{ payg, limitPresets, action, onChanged }} />
      ) : null}
      {toggles && !mayChange ? <PermissionNote>{t("ownerOnly")}</PermissionNote> : null}
      <Effects limits={limitPresets} />
    </Card>
  );
}
