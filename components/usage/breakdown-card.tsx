"use client";
import { useMemo } from "react";
import { colorsOf } from "@/components/charts/palette";
import { height } from "@/components/charts/series";
import { useFacts } from "@/components/facts";
import { printAmount, printCount } from "@/components/format-amount";
import { Card, CardHeader } from "@/components/ui/card";
import { Empty } from "@/components/ui/notice";
import { Table, Td, Th } from "@/components/ui/table";
import type { UsageAnswer } from "@/lib/usage/schema";
import { breakdown, type Part } from "./breakdown";
import { Quantities } from "./quantities";
import type { Dimension } from "./use-filters";

type Props = { id: string; title: string; by: Dimension; usage: UsageAnswer };

function Line({ part, share, color }: { part: Part; share: number; color: string | undefined }) {
  const { unit } = useFacts();
  const cost = printAmount(part.cost, unit, "cost");
  return (
    <tr>
      <Td className="w-1/2">
        <span className="break-all">{part.name}</span>
        <span aria-hidden="true" className="mt-1 block h-1.5 rounded-full bg-control">
          <span
            className="block h-full rounded-full"
            style={{ width: `${100 * share}%`, background: color ?? "var(--series-other)" }}
          />
        </span>
        <span className="mt-1 block text-muted text-xs">
          <Quantities of={part.quantities} />
        </span>
      </Td>
      <Td className="text-right">{printCount(part.requests.toString())}</Td>
      <Td className="text-right font-medium">
        <span title={cost.exact}>{cost.text}</span>
      </Td>
    </tr>
  );
}

/** Who cost how much in the range: a bar and its numbers in one row. */
export function BreakdownCard({ id, title, by, usage }: Props) {
  const facts = useFacts();
  const { scale } = facts.unit;
  const parts = useMemo(() => breakdown(usage, by, scale), [usage, by, scale]);
  const catalogue = by === "model" ? facts.models : facts.endpoints;
  const colors = colorsOf(
    parts.slice(0, 6).map((part) => part.name),
    catalogue,
  );
  const largest = parts[0] && parts[0].cost > 0n ? height(parts[0].cost, scale) : 0;
  const share = (part: Part) => (largest > 0 && part.cost > 0n ? height(part.cost, scale) / largest : 0);
  return (
    <Card aria-labelledby={id}>
      <CardHeader id={id} title={title} />
      {parts.length === 0 ? (
        <Empty>No calls in this range.</Empty>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <section aria-label={`${title}, table`} tabIndex={0} className="relative max-h-[30rem] overflow-auto">
          <Table>
            <thead className="sticky top-0">
              <tr>
                <Th className="capitalize">{by}</Th>
                <Th className="text-right">Requests</Th>
                <Th className="text-right">Cost</Th>
              </tr>
            </thead>
            <tbody>
              {parts.map((part) => (
                <Line key={part.name} part={part} share={share(part)} color={colors.get(part.name)} />
              ))}
            </tbody>
          </Table>
        </section>
      )}
    </Card>
  );
}
