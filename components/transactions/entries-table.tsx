"use client";
import { useTranslations } from "next-intl";
import type { Entry } from "@/components/ledger/entry-sums";
import { grantName } from "@/components/ledger/grant-labels";
import { useSetting } from "@/components/ledger/use-setting";
import { ExactAmount } from "@/components/values/exact-amount";
import { formatAmount, parseAmount } from "@/lib/kernel/money";

const HEAD = "border-line border-b py-2 font-normal text-muted text-xs";
const CELL = "border-line border-b py-2 align-baseline";

/** Double entry, line by line: one account gives the amount that others take, so the sum is zero. */
export function EntriesTable({ entries }: { entries: readonly Entry[] }) {
  const t = useTranslations("transactions.entries");
  const setting = useSetting();
  const { scale } = setting.unit;
  const sum = entries.reduce((total, { amount }) => total + parseAmount(amount, scale, { signed: true }), 0n);
  return (
    <table className="w-full border-collapse">
      <caption className="sr-only">{t("title")}</caption>
      <thead>
        <tr>
          <th scope="col" className={`${HEAD} pr-3 text-left`}>
            {t("account")}
          </th>
          <th scope="col" className={`${HEAD} text-right`}>
            {t("amount")}
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ account, amount, grant }, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an entry is known by its line and never moves.
          <tr key={line}>
            <th scope="row" className={`${CELL} pr-3 text-left font-normal`}>
              {t(account)}
              {grant ? <span className="text-muted"> · {grantName(grant, setting)}</span> : null}
            </th>
            <td className={`${CELL} text-right`}>
              <ExactAmount of={amount} signed />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot className="text-muted">
        <tr>
          <th scope="row" className="pt-2 text-left font-normal">
            {t("sum")}
          </th>
          <td className="pt-2 text-right">
            <ExactAmount of={formatAmount(sum, scale)} />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
