"use client";
import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { usePaths } from "@/components/context/use-paths";
import { Burnt } from "@/components/ledger/burnt";
import { PriceLines } from "@/components/ledger/price-lines";
import { useSetting } from "@/components/ledger/use-setting";
import { ExactAmount } from "@/components/values/exact-amount";
import type { TransactionDetail } from "@/lib/ledger/schema";
import type { UsageEventDetail } from "@/lib/usage/schema";
import type { KeyName } from "./columns";
import { EntriesTable } from "./entries-table";
import { explainTransaction } from "./explain";
import { References } from "./references";
import { Related } from "./related";

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-line border-t pt-4">
      <h3 className="mb-2 font-medium">{title}</h3>
      {children}
    </section>
  );
}

function Explanation({ transaction }: { transaction: TransactionDetail }) {
  const t = useTranslations("transactions.detail");
  const explain = useTranslations("transactions.explain");
  const setting = useSetting();
  if (transaction.type === "deduction") return <Burnt entries={transaction.entries} />;
  const sentences = explainTransaction(transaction, { ...setting, explain });
  return <p>{sentences.length > 0 ? sentences.join(" ") : t("nothingMoved")}</p>;
}

/** A refund of a part has counted nothing, so there is no price that it would be. */
function Price({ transaction }: { transaction: TransactionDetail }) {
  const t = useTranslations("transactions.detail");
  const { price, type } = transaction;
  if (!price || price.lines.length === 0) return null;
  if (type === "refund" && Object.keys(price.quantities).length === 0) return null;
  const { lines, cost, waived, discountPercent, version } = price;
  return (
    <Section title={t(type === "refund" ? "callPrice" : "price")}>
      <PriceLines lines={lines} cost={cost} waived={waived} discountPercent={discountPercent} version={version} />
    </Section>
  );
}

type Props = {
  transaction: TransactionDetail;
  call: UsageEventDetail | null;
  keys: readonly KeyName[];
  onOpen: (id: string) => void;
};

/** Everything about one transaction: where its credit came from, its price, what it belongs to, its entries, its ids. */
export function Detail({ transaction, call, keys, onOpen }: Props) {
  const paths = usePaths();
  const t = useTranslations("transactions.detail");
  const { type, reverses, event, balanceAfter, description, usage, resource } = transaction;
  const related = reverses !== null || call?.hold != null || (call?.refunds.length ?? 0) > 0;
  return (
    <div className="grid gap-5">
      <section>
        <h3 className="sr-only">{t("explanation")}</h3>
        <Explanation transaction={transaction} />
        {usage && description ? <p className="mt-2 text-muted">{t("reason", { reason: description })}</p> : null}
        <p className="mt-2 text-muted">{t.rich("balanceAfter", { amount: () => <ExactAmount of={balanceAfter} /> })}</p>
      </section>
      <Price transaction={transaction} />
      {related ? (
        <Section title={t("related")}>
          <Related reverses={reverses} call={call} onOpen={onOpen} />
        </Section>
      ) : null}
      <Section title={t("entries")}>
        <EntriesTable entries={transaction.entries} />
      </Section>
      <Section title={t("references")}>
        <References transaction={transaction} hold={call?.hold?.id ?? null} keys={keys} />
        {type === "deduction" && event ? (
          <Link
            href={`${paths.usage}?x=${encodeURIComponent(event)}`}
            className="mt-3 inline-block underline decoration-line underline-offset-4 hover:decoration-current"
          >
            {t("openInUsage")}
          </Link>
        ) : null}
        {resource?.type === "payment" ? (
          <Link
            href={`${paths.invoices}?payment=${encodeURIComponent(resource.id)}` as Route}
            className="mt-3 inline-block underline decoration-line underline-offset-4 hover:decoration-current"
          >
            {t("openPayment")}
          </Link>
        ) : null}
      </Section>
    </div>
  );
}
