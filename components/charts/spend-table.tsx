"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { Table, Td, Th } from "@/components/ui/table";
import { printCount } from "@/lib/kernel/print-amount";
import { type IntervalName, printIntervalLong } from "@/lib/kernel/print-time";
import { type MeasureLook, useMeasure, useSeriesName } from "./measure";
import type { Bar } from "./series";
import type { BarsProps } from "./stacked-bars";

function Value({ of, look }: { of: bigint; look: MeasureLook }) {
  const { text, exact } = look.print(of);
  return <span title={exact}>{text}</span>;
}

function When({ bar, interval, onPress }: { bar: Bar; interval: IntervalName; onPress: (() => void) | undefined }) {
  const { timeZone } = useFacts();
  const when = printIntervalLong(new Date(bar.start), interval, timeZone);
  if (!onPress) return when;
  return (
    <button type="button" className="rounded-[4px] text-left hover:underline" onClick={onPress}>
      {when}
    </button>
  );
}

/** The same figures as the chart's: a row an interval, the latest first, a column a series. */
export function SpendTable({ stacked, before, interval, label, onNarrow }: BarsProps) {
  const t = useTranslations("charts");
  const nameOf = useSeriesName();
  const look = useMeasure(stacked.measure);
  const rows = stacked.bars.map((bar, index) => ({ bar, index, past: before?.bars[index] })).reverse();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section aria-label={label} tabIndex={0} className="relative max-h-[22rem] overflow-auto">
      <Table>
        <thead className="sticky top-0">
          <tr>
            <Th>{t("when")}</Th>
            {stacked.measure === "requests" ? null : <Th className="text-right">{t("requests")}</Th>}
            <Th className="text-right">{look.label}</Th>
            {before ? <Th className="text-right">{t("before")}</Th> : null}
            {stacked.series.map((series) => (
              <Th key={series.id} className="whitespace-nowrap text-right">
                {nameOf(series)}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ bar, index, past }) => (
            <tr key={bar.start}>
              <Td className="whitespace-nowrap">
                <When bar={bar} interval={interval} onPress={onNarrow && (() => onNarrow(index))} />
              </Td>
              {stacked.measure === "requests" ? null : (
                <Td className="text-right">{printCount(bar.requests.toString())}</Td>
              )}
              <Td className="text-right font-medium">
                <Value of={bar.total} look={look} />
              </Td>
              {before ? (
                <Td className="text-right text-muted">{past ? <Value of={past.total} look={look} /> : null}</Td>
              ) : null}
              {stacked.series.map(({ id }) => (
                <Td key={id} className="text-right text-muted">
                  <Value of={bar.parts.get(id) ?? 0n} look={look} />
                </Td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
