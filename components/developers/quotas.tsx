"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFacts } from "@/components/context/facts";
import { Card, CardHeader } from "@/components/ui/card";
import { Amount } from "@/components/values/amount";
import { Time } from "@/components/values/time";
import type { LimitFacts } from "./limit-facts";

function Row({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-4 border-b py-2 last:border-0">
      <dt className="text-muted">{name}</dt>
      <dd className="text-right tabular-nums">{children}</dd>
    </div>
  );
}

function Fallback({ payg }: { payg: NonNullable<LimitFacts["balance"]["payg"]> }) {
  const t = useTranslations("developers.limits");
  if (!payg.enabled) return t("off");
  const { limit } = payg;
  const spent = () => <Amount of={payg.spent} />;
  return limit === null
    ? t.rich("spentNoLimit", { spent })
    : t.rich("spent", { spent, limit: () => <Amount of={limit} /> });
}

/** What the organization has of what it may have: people, keys, the plan's allowance. */
export function Quotas({ quotas, balance: { plan, payg } }: Pick<LimitFacts, "quotas" | "balance">) {
  const t = useTranslations("developers.limits");
  const { labels, paygToggles } = useFacts();
  return (
    <Card aria-labelledby="quotas" className="lg:col-span-5">
      <CardHeader id="quotas" title={t("quotas")} />
      <dl>
        {plan ? (
          <Row name={t.rich("allowance", { label: labels.plan, time: () => <Time at={plan.resetsAt} /> })}>
            {t.rich("left", {
              remaining: () => <Amount of={plan.remaining} kind="balance" />,
              allowance: () => <Amount of={plan.allowance} />,
            })}
          </Row>
        ) : null}
        {plan && payg && paygToggles ? (
          <Row name={t("fallback", { label: labels.payg })}>
            <Fallback payg={payg} />
          </Row>
        ) : null}
        {quotas.map(({ what, used, most }) => (
          <Row key={what} name={t(what)}>
            {most === null ? t("unlimited", { used }) : t("used", { used, most })}
          </Row>
        ))}
      </dl>
    </Card>
  );
}
