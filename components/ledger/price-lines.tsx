"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { cn } from "@/components/ui/class-names";
import { LiveText } from "@/components/ui/live-text";
import { ExactAmount } from "@/components/values/exact-amount";
import { printCount } from "@/lib/kernel/print-amount";
import { type PricedCall, type PriceLine, sumPrice } from "./price-sum";

const HEAD = "border-line border-b py-2 font-normal text-muted text-xs";
const CELL = "border-line border-b py-2 align-baseline";
const PHONE_ROW = "max-sm:grid max-sm:grid-cols-[1fr_auto] max-sm:border-line max-sm:border-b max-sm:py-2";
const PHONE_CELL = "max-sm:border-0 max-sm:py-0";

type Meters = Record<string, { label: string }>;
type Translator = ReturnType<typeof useTranslations<"ledger.price">>;

/** "above 200,000 input tokens + cached input tokens": the tier that the call was in. */
function tierLabels({ whenTotal }: PriceLine, t: Translator, meters: Meters): string | null {
  if (!whenTotal) return null;
  const { above, upTo } = whenTotal;
  const counted = whenTotal.meters.map((meter) => meters[meter]?.label ?? meter).join(" + ");
  if (above !== undefined && upTo !== undefined) {
    return t("between", { above: printCount(above), upTo: printCount(upTo), meters: counted });
  }
  if (above !== undefined) return t("above", { count: printCount(above), meters: counted });
  return t("upTo", { count: printCount(upTo ?? 0), meters: counted });
}

function Line({ line }: { line: PriceLine }) {
  const t = useTranslations("ledger.price");
  const { meters } = useFacts();
  const meter = meters[line.meter]?.label ?? line.meter;
  const per = printCount(line.per);
  const conditions = [line.when, tierLabels(line, t, meters), line.whenPeriod].filter(Boolean);
  return (
    <tr className={PHONE_ROW}>
      <th scope="row" className={cn(CELL, PHONE_CELL, "pr-3 text-left font-normal")}>
        <LiveText>{line.label ?? meter}</LiveText>
        {line.label || conditions.length > 0 ? (
          <span className="block text-muted text-sm">
            {[line.label ? meter : null, ...conditions].filter(Boolean).join(" · ")}
          </span>
        ) : null}
      </th>
      <td
        className={cn(
          CELL,
          PHONE_CELL,
          "pr-3 text-right text-muted tabular-nums max-sm:order-3 max-sm:col-span-2 max-sm:pr-0 max-sm:text-left max-sm:text-sm",
        )}
      >
        <LiveText>
          {printCount(line.quantity)}
          {per === "1" ? " " : ` ÷ ${per} `}×{" "}
        </LiveText>
        <ExactAmount of={line.unitAmount} />
        <span className="sr-only"> {t("equals")} </span>
      </td>
      <td className={cn(CELL, PHONE_CELL, "text-right max-sm:order-2")}>
        <ExactAmount of={line.amount} />
      </td>
    </tr>
  );
}

function Sum({ label, of, strong = false }: { label: string; of: string; strong?: boolean }) {
  return (
    <tr className={cn("max-sm:flex max-sm:justify-between", strong ? "font-medium" : "text-muted")}>
      <th scope="row" colSpan={2} className="py-1.5 pr-3 text-left font-[inherit]">
        {label}
      </th>
      <td className="py-1.5 text-right">
        <ExactAmount of={of} />
      </td>
    </tr>
  );
}

/**
 * How a price was made: quantity ÷ per × price for each line, then the plan's discount and what was waived. Without
 * `cost` the sum of the lines is the cost; `version` names the price list.
 */
export function PriceLines({ version, ...call }: PricedCall & { version?: number }) {
  const t = useTranslations("ledger.price");
  const { unit } = useFacts();
  const sum = sumPrice(call, unit.scale);
  const reduced = sum.discount !== null || sum.waived !== null;
  return (
    <div className="grid gap-2">
      <table className="w-full border-collapse max-sm:block">
        <caption className="sr-only">{t("caption")}</caption>
        <thead className="max-sm:sr-only">
          <tr>
            <th scope="col" className={cn(HEAD, "pr-3 text-left")}>
              {t("meter")}
            </th>
            <th scope="col" className={cn(HEAD, "pr-3 text-right")}>
              {t("formula")}
            </th>
            <th scope="col" className={cn(HEAD, "text-right")}>
              {t("amount")}
            </th>
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {call.lines.map((line) => (
            <Line key={JSON.stringify([line.meter, line.when, line.whenTotal, line.label])} line={line} />
          ))}
          {reduced ? <Sum label={t("standard")} of={sum.standard} /> : null}
          {sum.discount ? (
            <Sum label={t("discount", { percent: call.discountPercent ?? 0 })} of={`-${sum.discount}`} />
          ) : null}
          {sum.waived ? <Sum label={t("waived")} of={`-${sum.waived}`} /> : null}
          <Sum label={t("cost")} of={sum.cost} strong />
        </tbody>
      </table>
      {sum.waived ? <p className="text-muted text-sm">{t("waivedNote")}</p> : null}
      {version === undefined ? null : <p className="text-muted text-sm">{t("version", { version })}</p>}
    </div>
  );
}
