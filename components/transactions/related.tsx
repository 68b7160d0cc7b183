"use client";
import { useTranslations } from "next-intl";
import { ExactAmount } from "@/components/values/exact-amount";
import { Time } from "@/components/values/time";
import type { UsageEventDetail } from "@/lib/usage/schema";

const LINK = "rounded-[4px] text-left underline decoration-line underline-offset-4 hover:decoration-current";

type Hold = NonNullable<UsageEventDetail["hold"]>;

/** The hold of the call. */
function HoldLine({ hold }: { hold: Hold }) {
  const t = useTranslations("transactions.related");
  return (
    <li>
      {t.rich("hold", {
        amount: () => <ExactAmount of={hold.ceiling} />,
        opened: () => <Time at={hold.openedAt} precise />,
      })}
    </li>
  );
}

type Props = {
  /** The transaction that this one gives back. */
  reverses: string | null;
  call: UsageEventDetail | null;
  onOpen: (id: string) => void;
};

/** Related transactions: the hold, the refunded one, and the refunds. */
export function Related({ reverses, call, onOpen }: Props) {
  const t = useTranslations("transactions.related");
  const refunds = call?.refunds ?? [];
  return (
    <ul className="grid gap-2">
      {call?.hold ? <HoldLine hold={call.hold} /> : null}
      {reverses ? (
        <li>
          <button type="button" className={LINK} onClick={() => onOpen(reverses)}>
            {t("reverses")}
          </button>
        </li>
      ) : null}
      {refunds.map(({ event, transaction, amount, postedAt, reason }) => (
        <li key={event}>
          {t.rich("refunded", { amount: () => <ExactAmount of={amount} />, at: () => <Time at={postedAt} precise /> })}
          {reason ? <span className="text-muted"> “{reason}”</span> : null}{" "}
          {transaction ? (
            <button type="button" className={LINK} onClick={() => onOpen(transaction)}>
              {t("openRefund")}
            </button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
