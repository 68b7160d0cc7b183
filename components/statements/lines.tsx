"use client";
import { useTranslations } from "next-intl";
import { Empty } from "@/components/ui/notice";
import { Table, Td, Th } from "@/components/ui/table";
import { ExactAmount } from "@/components/values/exact-amount";
import { printCount } from "@/lib/kernel/print-amount";
import { printDate } from "@/lib/kernel/print-time";
import type { StatementLines } from "@/lib/statements/schema";

/** The month's transactions; calls between two others, or of one day, are one line. */
export function Lines({ lines: { count, data }, timeZone }: { lines: StatementLines; timeZone: string }) {
  const t = useTranslations("statements.lines");
  const type = useTranslations("ledger.type");
  return (
    <section>
      <h3 className="mt-6 mb-1 font-medium">{t("title")}</h3>
      {data.length === 0 ? <Empty>{t("empty")}</Empty> : null}
      {data.length > 0 ? (
        <Table>
          <caption className="sr-only">{t("title")}</caption>
          <thead>
            <tr>
              <Th>{t("day")}</Th>
              <Th>{t("what")}</Th>
              <Th className="text-right">{t("amount")}</Th>
              <Th className="text-right max-sm:hidden">{t("balance")}</Th>
            </tr>
          </thead>
          <tbody>
            {data.map((line) => (
              <tr key={line.id}>
                <Td className="whitespace-nowrap text-muted">{printDate(new Date(line.postedAt), timeZone)}</Td>
                <Td className="wrap-anywhere">
                  {line.type === "deduction" ? t("usage") : type(line.type)}
                  <span className="text-muted">
                    {line.type === "deduction"
                      ? ` ${t("calls", { count: Number(line.transactions), shown: printCount(line.transactions) })}`
                      : ` ${line.description ?? ""}`}
                  </span>
                </Td>
                <Td className="text-right">
                  <ExactAmount of={line.amount} signed />
                </Td>
                <Td className="text-right text-muted max-sm:hidden">
                  <ExactAmount of={line.balanceAfter} />
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : null}
      <p className="mt-2 text-muted text-sm">
        {count > data.length ? t("more", { shown: printCount(data.length), count: printCount(count) }) : t("all")}
      </p>
    </section>
  );
}
