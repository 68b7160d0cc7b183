"use client";
import { useTranslations } from "next-intl";
import { Change } from "@/components/charts/change";
import { type MeasureLook, useMeasure, useSeriesName } from "@/components/charts/measure";
import type { Part, Past, Stacked } from "@/components/charts/series";
import { Card, CardHeader } from "@/components/ui/card";
import { Empty } from "@/components/ui/notice";
import { Table, Td, Th } from "@/components/ui/table";
import { printCount } from "@/lib/kernel/print-amount";

type Props = {
  group: string;
  stacked: Stacked;
  before: Past | undefined;
  onPick: (id: string) => void;
  empty: string;
};
type LineProps = {
  part: Part;
  past: bigint | undefined;
  color: string | undefined;
  share: number;
  look: MeasureLook;
  requests: boolean;
  onPick: (id: string) => void;
};

function Line({ part, past, color, share, look, requests, onPick }: LineProps) {
  const t = useTranslations("usage");
  const name = useSeriesName()(part);
  const value = look.print(part.value);
  return (
    <tr>
      <Td className="w-1/2 min-w-32 max-sm:min-w-20">
        {part.id ? (
          <button
            type="button"
            title={t("onlyThis", { name })}
            aria-label={t("onlyThis", { name })}
            className="break-all rounded-[4px] text-left hover:underline"
            onClick={() => onPick(part.id)}
          >
            {name}
          </button>
        ) : (
          <span className="text-muted">{name}</span>
        )}
        <span aria-hidden="true" className="mt-1 block h-1.5 rounded-full bg-control">
          <span
            className="block h-full rounded-full"
            style={{ width: `${100 * share}%`, background: color ?? "var(--series-other)" }}
          />
        </span>
      </Td>
      {requests ? <Td className="text-right max-sm:hidden">{printCount(part.requests.toString())}</Td> : null}
      <Td className="whitespace-nowrap text-right font-medium">
        <span title={value.exact}>{value.text}</span>
      </Td>
      {past === undefined ? null : (
        <>
          <Td className="whitespace-nowrap text-right text-muted max-sm:hidden">
            <span title={look.print(past).exact}>{look.print(past).text}</span>
          </Td>
          <Td className="text-right">
            <Change now={part.value} before={past} />
          </Td>
        </>
      )}
    </tr>
  );
}

function Head({
  group,
  look,
  requests,
  compared,
}: {
  group: string;
  look: MeasureLook;
  requests: boolean;
  compared: boolean;
}) {
  const c = useTranslations("charts");
  return (
    <thead className="sticky top-0">
      <tr>
        <Th className="capitalize">{group}</Th>
        {requests ? <Th className="text-right max-sm:hidden">{c("requests")}</Th> : null}
        <Th className="text-right">{look.label}</Th>
        {compared ? (
          <>
            <Th className="text-right max-sm:hidden">{c("before")}</Th>
            <Th className="text-right">{c("change")}</Th>
          </>
        ) : null}
      </tr>
    </thead>
  );
}

/** Each of the group in the whole range: a bar and its numbers in one row. Pressing a name filters to it. */
export function BreakdownCard({ group, stacked, before, onPick, empty }: Props) {
  const t = useTranslations("usage");
  const look = useMeasure(stacked.measure);
  const title = t("breakdown", { measure: look.label, group: group.toLowerCase() });
  const label = t("breakdownTable", { title });
  const colors = new Map(stacked.series.map(({ id, color }) => [id, color]));
  const past = before && new Map(before.parts.map(({ id, value }) => [id, value]));
  const largest = Math.max(0, ...stacked.parts.map(({ value }) => look.size(value)));
  const share = ({ value }: Part) => (largest > 0 && value > 0n ? look.size(value) / largest : 0);
  const requests = stacked.measure !== "requests";
  return (
    <Card aria-labelledby="breakdown">
      <CardHeader id="breakdown" title={title} />
      {stacked.parts.length === 0 ? (
        <Empty>{empty}</Empty>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <section aria-label={label} tabIndex={0} className="relative max-h-[30rem] overflow-auto">
          <Table>
            <Head group={group} look={look} requests={requests} compared={past !== undefined} />
            <tbody>
              {stacked.parts.map((part) => (
                <Line
                  key={part.id}
                  part={part}
                  past={past && (past.get(part.id) ?? 0n)}
                  color={colors.get(part.id)}
                  share={share(part)}
                  look={look}
                  requests={requests}
                  onPick={onPick}
                />
              ))}
            </tbody>
          </Table>
        </section>
      )}
    </Card>
  );
}
