"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/values/time";
import { type MoneyFacts, printMoney } from "@/lib/kernel/print-money";
import type { DisputeAnswer, PaymentReversals, RefundAnswer } from "@/lib/payments/schema";

const REFUND_TONES = {
  requested: "low",
  declined: "plain",
  pending: "low",
  succeeded: "good",
  failed: "critical",
} as const;
const DISPUTE_TONES = { inquiry: "low", open: "warning", won: "good", lost: "critical" } as const;

type Line = { state: ReactNode; money: string; at: string; words: (string | null)[] };

function Item({ state, money, at, words }: Line) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-1 border-line border-b py-2 last:border-0">
      <span className="flex items-center gap-2">
        {state}
        <span className="text-muted text-sm">
          <Time at={at} precise />
        </span>
      </span>
      <span className="text-right tabular-nums">{money}</span>
      {words.filter(Boolean).map((text) => (
        <span key={text} className="col-span-2 break-words text-muted text-sm">
          {text}
        </span>
      ))}
    </li>
  );
}

function Refund({ refund, money }: { refund: RefundAnswer; money: MoneyFacts }) {
  const t = useTranslations("refunds.refund");
  const { state, reason, note } = refund;
  return (
    <Item
      state={<Badge tone={REFUND_TONES[state]}>{t(state)}</Badge>}
      money={refund.money ? printMoney(refund.money.amount, money) : t("toReview")}
      at={refund.createdAt}
      words={[reason || t("atProvider"), note && t("answer", { note })]}
    />
  );
}

function Dispute({ dispute, money }: { dispute: DisputeAnswer; money: MoneyFacts }) {
  const t = useTranslations("refunds.dispute");
  return (
    <Item
      state={<Badge tone={DISPUTE_TONES[dispute.state]}>{t(dispute.state)}</Badge>}
      money={printMoney(dispute.money.amount, money)}
      at={dispute.openedAt}
      words={[t("about", { reason: dispute.reason.replaceAll("_", " ") })]}
    />
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-line border-t pt-4">
      <h3 className="font-medium">{title}</h3>
      <ul>{children}</ul>
    </section>
  );
}

/** The refunds and disputes of a payment, and an open request; nothing if there are none. */
export function Reversals({ payment, money }: { payment: PaymentReversals; money: MoneyFacts }) {
  const t = useTranslations("refunds");
  return (
    <>
      {payment.refunds.length > 0 ? (
        <Section title={t("refunds")}>
          {payment.refunds.map((refund) => (
            <Refund key={refund.id} refund={refund} money={money} />
          ))}
        </Section>
      ) : null}
      {payment.disputes.length > 0 ? (
        <Section title={t("disputes")}>
          {payment.disputes.map((dispute) => (
            <Dispute key={dispute.id} dispute={dispute} money={money} />
          ))}
        </Section>
      ) : null}
    </>
  );
}
