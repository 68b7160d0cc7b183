import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { UnitFacts } from "@/components/format/print-amount";
import { buttonVariants } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Empty } from "@/components/ui/notice";
import type { PriceList } from "@/lib/catalogue/schema";
import type { OrganizationPaths } from "@/lib/kernel/paths";
import type { ListedPrice } from "./call-state";
import { PriceFilter } from "./price-filter";
import { conditionLabel, type Meters, matching, maximaLabels, unitPrice } from "./price-labels";

const HEAD = "border-b py-2 pr-4 text-left font-normal text-muted text-xs";
const CELL = "py-2.5 pr-4 align-top max-sm:block max-sm:py-0.5 max-sm:pr-0 sm:border-b group-last:border-b-0";

type PriceFacts = { unit: UnitFacts; meters: Meters; paths: OrganizationPaths };

function Row({ price, unit, meters, paths }: { price: ListedPrice } & PriceFacts) {
  const t = useTranslations("developers");
  const query = new URLSearchParams({ endpoint: price.endpoint, model: price.model });
  return (
    <tr className="group max-sm:block max-sm:border-b max-sm:py-3 max-sm:last:border-b-0">
      <th scope="row" className={`${CELL} text-left font-normal`}>
        <span className="block font-medium">{price.label}</span>
        <code translate="no" className="block break-all font-mono text-muted text-xs">
          {price.endpoint} · {price.model}
        </code>
      </th>
      <td className={`${CELL} tabular-nums`}>
        {price.lines.length === 0 || !price.billable ? t("prices.free") : null}
        <ul>
          {price.lines.map((line) => {
            const words = unitPrice(line, t, unit, meters);
            const condition = conditionLabel(line, price, t, meters);
            return (
              <li key={`${words} ${condition ?? ""}`}>
                {words}
                {condition ? <span className="text-muted"> · {condition}</span> : null}
              </li>
            );
          })}
        </ul>
      </td>
      <td className={`${CELL} text-muted text-sm`}>{maximaLabels(price, t, meters) ?? t("prices.anyAmount")}</td>
      <td className={`${CELL} text-right max-sm:text-left sm:pr-0`}>
        <Link
          href={`${paths.developersCalculator}?${query}` as Route}
          aria-label={t("prices.calculate", { model: price.label })}
          className={buttonVariants({ variant: "ghost", className: "-my-2 max-sm:-ml-3" })}
        >
          {t("prices.calculateShort")}
        </Link>
      </td>
    </tr>
  );
}

/** A list of thousands is searched, not scrolled through. */
const MOST_SHOWN = 200;

type Props = { list: PriceList; search: string; endpoint: string | null } & PriceFacts;

/** The live price list, exact to the digit; the search is the address's. */
export function PriceTable({ list, search, endpoint, unit, meters, paths }: Props) {
  const t = useTranslations("developers.prices");
  const shown = matching(list.prices, search, endpoint);
  const endpoints = [...new Set(list.prices.map((price) => price.endpoint))];
  return (
    <div className="grid gap-4">
      <p className="max-w-[72ch]">{t("lead")}</p>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <PriceFilter endpoints={endpoints} />
        <p role="status" className="text-muted text-sm tabular-nums">
          {t("count", { count: shown.length })}
        </p>
      </div>
      <Card>
        {shown.length === 0 ? (
          <Empty
            action={
              <Link href={paths.developersPrices as Route} className={buttonVariants()}>
                {t("showAll")}
              </Link>
            }
          >
            {t("none")}
          </Empty>
        ) : (
          <table className="w-full border-collapse max-sm:block">
            <thead className="max-sm:sr-only">
              <tr>
                <th scope="col" className={HEAD}>
                  {t("model")}
                </th>
                <th scope="col" className={HEAD}>
                  {t("price")}
                </th>
                <th scope="col" className={HEAD}>
                  {t("maxima")}
                </th>
                <th scope="col" className={HEAD}>
                  <span className="sr-only">{t("calculateShort")}</span>
                </th>
              </tr>
            </thead>
            <tbody className="max-sm:block">
              {shown.slice(0, MOST_SHOWN).map((price) => (
                <Row key={`${price.endpoint} ${price.model}`} price={price} unit={unit} meters={meters} paths={paths} />
              ))}
            </tbody>
          </table>
        )}
        {shown.length > MOST_SHOWN ? (
          <p className="pt-3 text-muted text-sm">{t("more", { count: shown.length - MOST_SHOWN })}</p>
        ) : null}
      </Card>
    </div>
  );
}
