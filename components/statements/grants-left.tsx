"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { Table, Td, Th } from "@/components/ui/table";
import { ExactAmount } from "@/components/values/exact-amount";
import { printDate } from "@/lib/kernel/print-time";
import type { StatementAnswer } from "@/lib/statements/schema";

/** The credit at the end of the month, grant by grant. */
export function GrantsLeft({ grants, timeZone }: Pick<StatementAnswer, "grants" | "timeZone">) {
  const t = useTranslations("statements.grants");
  const kind = useTranslations("statements.kind");
  const { labels } = useFacts();
  if (grants.length === 0) return null;
  const day = (at: string) => printDate(new Date(at), timeZone);
  return (
    <section>
      <h3 className="mt-6 mb-1 font-medium">{t("title")}</h3>
      <Table>
        <caption className="sr-only">{t("title")}</caption>
        <thead>
          <tr>
            <Th>{t("credit")}</Th>
            <Th className="max-sm:hidden">{t("given")}</Th>
            <Th className="max-sm:hidden">{t("expires")}</Th>
            <Th className="text-right max-sm:hidden">{t("amount")}</Th>
            <Th className="text-right">{t("left")}</Th>
          </tr>
        </thead>
        <tbody>
          {grants.map((grant) => (
            <tr key={grant.id}>
              <Td>{grant.kind === "adjustment" ? kind("adjustment") : labels[grant.kind]}</Td>
              <Td className="text-muted max-sm:hidden">{day(grant.createdAt)}</Td>
              <Td className="text-muted max-sm:hidden">{grant.expiresAt ? day(grant.expiresAt) : t("never")}</Td>
              <Td className="text-right text-muted max-sm:hidden">
                <ExactAmount of={grant.amount} />
              </Td>
              <Td className="text-right">
                <ExactAmount of={grant.remaining} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
