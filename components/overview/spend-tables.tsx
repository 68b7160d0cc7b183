"use client";
import { useTranslations } from "next-intl";
import { usualGroup } from "@/components/context/call-names";
import { useFacts } from "@/components/context/facts";
import { Table, Td, Th } from "@/components/ui/table";
import { Amount } from "@/components/values/amount";
import { formatAmount } from "@/lib/kernel/money";
import { printCount } from "@/lib/kernel/print-amount";
import { printIntervalLong } from "@/lib/kernel/print-time";
import { changeOf } from "./change";
import type { Spend } from "./spend";

function Cost({ of, className }: { of: bigint; className?: string }) {
  const { unit } = useFacts();
  return <Amount of={formatAmount(of, unit.scale)} {...(className && { className })} />;
}

/** The chart's legend, with the cost of each model or endpoint and its change. */
export function SeriesTable({ spend }: { spend: Spend }) {
  const t = useTranslations("overview.spend");
  const group = usualGroup(useFacts());
  return (
    <Table className="text-sm">
      <thead>
        <tr>
          <Th>{t(group)}</Th>
          <Th className="text-right">{t("cost")}</Th>
          <Th className="text-right" title={t("change")}>
            <span className="sr-only">{t("change")}</span>
            <span aria-hidden="true">{t("changeShort")}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {spend.series.map(({ name, color, total, before }) => {
          const { key, percent } = changeOf(total, before);
          return (
            <tr key={name}>
              <Td className="h-9 min-w-0">
                <span className="flex items-center gap-2 break-all">
                  <span aria-hidden="true" className="size-2.5 shrink-0 rounded-[3px]" style={{ background: color }} />
                  {name ?? t("other")}
                </span>
              </Td>
              <Td className="h-9 text-right">
                <Cost of={total} />
              </Td>
              <Td className="h-9 text-right text-muted">{t(`changed.${key}`, { percent })}</Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

/** The chart's own figures: a row a day, a column a model or endpoint. */
export function DayTable({ spend }: { spend: Spend }) {
  const t = useTranslations("overview.spend");
  const { timeZone } = useFacts();
  const series = spend.series.length > 1 ? spend.series : [];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section aria-label={t("tableOf")} tabIndex={0} className="relative max-h-[22rem] overflow-auto">
      <Table className="text-sm">
        <thead className="sticky top-0">
          <tr>
            <Th>{t("when")}</Th>
            <Th className="text-right">{t("requests")}</Th>
            <Th className="text-right">{t("cost")}</Th>
            {series.map(({ name }) => (
              <Th key={name} className="whitespace-nowrap text-right">
                {name ?? t("other")}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...spend.days].reverse().map((day) => (
            <tr key={day.start}>
              <Td className="whitespace-nowrap">{printIntervalLong(new Date(day.start), "day", timeZone)}</Td>
              <Td className="text-right">{printCount(day.requests.toString())}</Td>
              <Td className="text-right font-medium">
                <Cost of={day.total} />
              </Td>
              {series.map(({ name }, index) => (
                <Td key={name} className="text-right text-muted">
                  <Cost of={day.parts[index] ?? 0n} />
                </Td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
