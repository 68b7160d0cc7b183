import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonVariants } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Empty } from "@/components/ui/notice";
import type { ListedPrice, PriceList } from "@/lib/catalogue/schema";
import type { UnitFacts } from "@/lib/kernel/print-amount";
import { periodWords } from "./period-words";
import { PriceFilter } from "./price-filter";
import { type Column, columnsOf, PriceGroup } from "./price-group";
import { type Meters, matching, type PriceFilters, type Wording } from "./price-words";
import { buysTitle, purchaseWords, type ShopWords } from "./purchase-words";

const HEAD = "border-b py-2 pr-4 text-left font-normal text-muted text-xs";

/** A list of thousands is searched, not scrolled through. */
const MOST_SHOWN = 200;

const distinct = (names: readonly (string | null)[]) => [...new Set(names.filter((name) => name !== null))];

type Listing = {
  prices: readonly ListedPrice[];
  wording: Wording;
  columns: readonly Column[];
  calculate?: ((price: ListedPrice) => string) | undefined;
};

function Listed({ prices, wording, columns, calculate }: Listing) {
  const { t } = wording;
  const names = [t("model"), t("price"), ...columns.map(({ name }) => name)];
  return (
    <table className="w-full border-collapse max-sm:block">
      <thead className="max-sm:sr-only">
        <tr>
          {names.map((name) => (
            <th key={name} scope="col" className={HEAD}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      {prices.map((price) => (
        <PriceGroup
          key={`${price.endpoint} ${price.model}`}
          {...{ price, wording, columns }}
          calculate={calculate?.(price) ?? null}
        />
      ))}
    </table>
  );
}

export type PricesFacts = { list: PriceList; unit: UnitFacts; meters: Meters; shop: ShopWords };

type Props = PricesFacts & {
  asked: PriceFilters;
  /** The address of the whole list. */
  home: string;
  /** Where the price of one call is computed. */
  calculate?: (price: ListedPrice) => string;
};

/** The live price list, exact to the digit; the search is the address's. */
export function PriceTable({ list, asked, unit, meters, shop, home, calculate }: Props) {
  const t = useTranslations("prices");
  const wording = { t, unit, meters, periods: list.periods };
  const { purchase, periods, discounts } = list;
  const shown = matching(list.prices, asked);
  const columns = columnsOf({ discounts, buys: purchase && buysTitle(purchase, wording) }, wording);
  return (
    <div className="grid min-w-0 gap-4">
      <div className="grid max-w-[72ch] gap-2">
        <p>
          {t("lead")} {list.prices.some(({ lines }) => lines.some(({ extra }) => extra)) ? t("plus") : null}
        </p>
        {purchase ? (
          <p>
            {purchaseWords(purchase, wording, shop)}{" "}
            <span className="text-muted">{t("buysNote", { title: buysTitle(purchase, wording) })}</span>
          </p>
        ) : null}
        {periods ? (
          <p>
            {periodWords(periods, t).join(". ")}. {t("zone", { zone: periods.timeZone })}
          </p>
        ) : null}
      </div>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <PriceFilter
          endpoints={distinct(list.prices.map(({ endpoint }) => endpoint))}
          providers={distinct(list.prices.map(({ provider }) => provider))}
        />
        <p role="status" className="text-muted text-sm tabular-nums">
          {t("count", { count: shown.length })}
        </p>
      </div>
      <Card>
        {shown.length === 0 ? (
          <Empty
            action={
              <Link href={home as Route} className={buttonVariants()}>
                {t("showAll")}
              </Link>
            }
          >
            {t("none")}
          </Empty>
        ) : (
          <Listed prices={shown.slice(0, MOST_SHOWN)} wording={wording} columns={columns} calculate={calculate} />
        )}
        {shown.length > MOST_SHOWN ? (
          <p className="pt-3 text-muted text-sm">{t("more", { count: shown.length - MOST_SHOWN })}</p>
        ) : null}
      </Card>
    </div>
  );
}
