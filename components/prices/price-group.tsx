import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ListedPrice } from "@/lib/catalogue/schema";
import { printList } from "@/lib/kernel/locale";
import { printCount } from "@/lib/kernel/print-amount";
import {
  countWords,
  discountedWords,
  limitWords,
  type PriceRow,
  priceRows,
  rateWords,
  stepWords,
  type Wording,
} from "./price-words";

type Line = ListedPrice["lines"][number];
/** `short`: several stand side by side, and the price beside them names the meter. */
export type Column = { name: string; words: (line: Line, short: boolean) => string | null };

const CELL = "py-1 pr-4 align-top first:pl-0 max-sm:block max-sm:pr-0";

/** What a column says of each variant, side by side. */
function Variants({ row, words, titles }: { row: PriceRow; words: Column["words"]; titles: boolean }) {
  const said = row.variants.map(({ title, line }) => ({ title, text: words(line, row.variants.length > 1) }));
  if (said.every(({ text }) => text === null)) return null;
  if (said.length === 1 && said[0]?.title === null) return said[0].text;
  return (
    <span className="grid auto-cols-fr grid-flow-col gap-x-4">
      {said.map(({ title, text }, place) => (
        <span key={title ?? ""}>
          {place > 0 ? <span className="sr-only"> / </span> : null}
          <span className={titles ? "block text-muted text-xs" : "sr-only"}>{title} </span>
          {text}
        </span>
      ))}
    </span>
  );
}

type RowProps = { row: PriceRow; wording: Wording; columns: readonly Column[]; titles: boolean };

function Cells({ row, wording, columns, titles }: RowProps) {
  return (
    <>
      <td className={`${CELL} tabular-nums`}>
        <Variants row={row} words={(line) => rateWords(line, wording)} titles={titles} />
        {row.phrase ? <span className="text-muted"> {row.phrase}</span> : null}
      </td>
      {columns.map(({ name, words }) => (
        <td key={name} className={`${CELL} text-muted tabular-nums max-sm:text-sm`}>
          {row.variants.some(({ line }) => words(line, true) !== null) ? (
            <span aria-hidden="true" className="sm:hidden">
              {name}:{" "}
            </span>
          ) : null}
          <Variants row={row} words={words} titles={titles} />
        </td>
      ))}
    </>
  );
}

/** Titles of variants are shown once, above the first row that has them. */
function showsTitles(rows: readonly PriceRow[], place: number): boolean {
  const titles = (row: PriceRow | undefined) => row?.variants.map(({ title }) => title ?? "").join("\n");
  return titles(rows[place]) !== titles(rows[place - 1]);
}

type Props = { price: ListedPrice; wording: Wording; columns: readonly Column[]; calculate: string | null };

function Name({ price, wording: { t } }: Pick<Props, "price" | "wording">) {
  return (
    <>
      <span className="block font-medium">{price.label}</span>
      <code translate="no" className="block break-all font-mono text-muted text-xs">
        {price.endpoint} · {price.model}
      </code>
      {price.provider ? <span className="block text-muted text-xs">{price.provider}</span> : null}
      {price.aliases.length > 0 ? (
        <span translate="no" className="block break-words text-muted text-xs">
          {t("aliases", { list: printList(price.aliases) })}
        </span>
      ) : null}
    </>
  );
}

/** One price: its parts below one another, and what limits a call as the last. */
export function PriceGroup({ price, wording, columns, calculate }: Props) {
  const t = useTranslations("prices");
  const rows = price.billable ? priceRows(price, wording) : [];
  const notes = [limitWords(price, wording), stepWords(price, wording)].filter((note) => note !== null);
  const height = Math.max(rows.length, 1) + (notes.length > 0 ? 1 : 0);
  const name = (
    <th scope="rowgroup" rowSpan={height} className={`${CELL} text-left font-normal sm:min-w-36`}>
      <Name price={price} wording={wording} />
      {calculate ? (
        <Link
          href={calculate as Route}
          aria-label={t("calculate", { model: price.label })}
          className="inline-block touch:py-2.5 text-sm underline underline-offset-4 print:hidden"
        >
          {t("calculateShort")}
        </Link>
      ) : null}
    </th>
  );
  return (
    <tbody className="border-b last:border-b-0 max-sm:block max-sm:py-3 sm:[&>tr:first-child>*]:pt-2.5 sm:[&>tr:last-child>*]:pb-2.5">
      {rows.length === 0 ? (
        <tr className="max-sm:block">
          {name}
          <td className={CELL} colSpan={1 + columns.length}>
            {t("free")}
          </td>
        </tr>
      ) : null}
      {rows.map((row, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a price have no name, and their order is fixed.
        <tr key={place} className="max-sm:block">
          {place === 0 ? name : null}
          <Cells row={row} wording={wording} columns={columns} titles={showsTitles(rows, place)} />
        </tr>
      ))}
      {notes.length > 0 ? (
        <tr className="max-sm:block">
          <td colSpan={1 + columns.length} className={`${CELL} text-muted text-sm`}>
            {notes.map((note) => (
              <span key={note} className="block">
                {note}
              </span>
            ))}
          </td>
        </tr>
      ) : null}
    </tbody>
  );
}

/** The columns beside the price: what each plan with a discount pays, and what the example buys. */
export function columnsOf(
  list: { discounts: readonly { plan: string; percent: number; name: string }[]; buys: string | null },
  wording: Wording,
): Column[] {
  const discounts = list.discounts.map(({ plan, name, percent }) => ({
    name: wording.t("discounted", { plan: name, percent }),
    words: (line: Line) => discountedWords(line, plan, wording),
  }));
  const words = ({ buys, meter }: Line, short: boolean) => {
    if (buys === undefined) return null;
    return short ? printCount(buys) : countWords(buys, meter, wording.meters);
  };
  return list.buys === null ? discounts : [...discounts, { name: list.buys, words }];
}
