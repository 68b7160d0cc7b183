"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { ExactAmount } from "@/components/values/exact-amount";
import { Time } from "@/components/values/time";
import { formatAmount, parseAmount } from "@/lib/kernel/money";
import type { UsageEventDetail } from "@/lib/usage/schema";
import { Fact, Section } from "./call-detail-parts";

type Props = { call: UsageEventDetail };

/** The credit that was reserved for the call before it ran, and the part that was released. */
export function CallHold({ call }: Props) {
  const t = useTranslations("usage.detail");
  const { unit } = useFacts();
  const { hold } = call;
  if (call.reverses) return null;
  if (!hold) {
    return (
      <Section title={t("hold")}>
        <p className="text-muted">{t("noHold")}</p>
      </Section>
    );
  }
  const rest = parseAmount(hold.ceiling, unit.scale) - parseAmount(call.cost, unit.scale, { signed: true });
  return (
    <Section title={t("hold")}>
      <dl className="border-line border-b">
        <Fact name={t("ceiling")}>
          <ExactAmount of={hold.ceiling} />
        </Fact>
        {rest > 0n ? (
          <Fact name={t("given")}>
            <ExactAmount of={formatAmount(rest, unit.scale)} />
          </Fact>
        ) : null}
        <Fact name={t("opened")}>
          <Time at={hold.openedAt} precise />
        </Fact>
        {hold.endedAt ? (
          <Fact name={t("ended")}>
            <Time at={hold.endedAt} precise />
          </Fact>
        ) : null}
      </dl>
    </Section>
  );
}

/** The refunds of the call, with their reasons. */
export function CallRefunds({ call }: Props) {
  const t = useTranslations("usage.detail");
  if (call.refunds.length === 0) return null;
  return (
    <Section title={t("refunds")}>
      <dl className="border-line border-b">
        {call.refunds.map((refund) => (
          <Fact key={refund.event} name={refund.reason ?? t("refundTitle")}>
            <ExactAmount of={refund.amount} />
            <span className="block text-muted text-sm">
              <Time at={refund.postedAt} precise />
            </span>
          </Fact>
        ))}
      </dl>
    </Section>
  );
}
