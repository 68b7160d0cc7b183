"use client";
import { useFacts } from "@/components/facts";
import { printAmount, printCount } from "@/components/format-amount";
import { type IntervalName, printIntervalLong } from "@/components/format-time";
import { Table, Td, Th } from "@/components/ui/table";
import type { Stacked } from "./series";

/** The same figures as the chart's: a row an interval, a column a series. */
export function SpendTable({ stacked, interval, label }: { stacked: Stacked; interval: IntervalName; label: string }) {
  const { unit, timeZone } = useFacts();
  const cost = (amount: bigint) => {
    const { text, exact } = printAmount(amount, unit, "cost");
    return <span title={exact}>{text}</span>;
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section aria-label={label} tabIndex={0} className="relative max-h-[22rem] overflow-auto">
      <Table>
        <thead className="sticky top-0">
          <tr>
            <Th>When</Th>
            <Th className="text-right">Requests</Th>
            <Th className="text-right">Cost</Th>
            {stacked.series.map(({ name }) => (
              <Th key={name} className="whitespace-nowrap text-right">
                {name}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...stacked.bars].reverse().map((bar) => (
            <tr key={bar.start}>
              <Td className="whitespace-nowrap">{printIntervalLong(new Date(bar.start), interval, timeZone)}</Td>
              <Td className="text-right">{printCount(bar.total.requests.toString())}</Td>
              <Td className="text-right font-medium">{cost(bar.total.cost)}</Td>
              {stacked.series.map(({ name }) => (
                <Td key={name} className="text-right text-muted">
                  {cost(bar.parts.get(name)?.cost ?? 0n)}
                </Td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
