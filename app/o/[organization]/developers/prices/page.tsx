import type { Metadata } from "next";
import { createLoader, parseAsString } from "nuqs/server";
import { Calculator } from "@/components/developers/calculator";
import { callOf, callParsers, chosenPrice } from "@/components/developers/call-state";
import { QuoteRefused, QuoteResult } from "@/components/developers/quote-result";
import { PriceTable } from "@/components/prices/price-table";
import { calculate } from "@/lib/adapters/portal/calculator";
import { loadedCatalogue } from "@/lib/adapters/portal/loaded-catalogue";
import { portalPage } from "@/lib/adapters/portal/page";
import { pricesOf } from "@/lib/adapters/portal/prices";
import type { ListedPrice } from "@/lib/catalogue/schema";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await loadedCatalogue()).labels.prices };
}

const filters = { search: parseAsString.withDefault(""), in: parseAsString, by: parseAsString };
const load = createLoader({ ...filters, ...callParsers });

export default async function PricesPage({ params, searchParams }: PageProps<"/o/[organization]/developers/prices">) {
  const portal = await portalPage({ params }, (own) => own.developersPrices);
  const [asked, query] = [await load(searchParams), await searchParams];
  const prices = pricesOf(portal.catalogue);
  const home = portal.paths.developersPrices;
  const price = chosenPrice(prices.list.prices, asked);
  const result = price && (await calculate(portal, callOf(price, asked)));
  const kept = Object.entries(filters).flatMap(([name]) => {
    const value = query[name];
    return typeof value === "string" ? [[name, value]] : [];
  });
  const calculated = ({ endpoint, model }: ListedPrice) =>
    `${home}?${new URLSearchParams([...kept, ["endpoint", endpoint], ["model", model]])}#calculator`;
  return (
    <div className="grid items-start gap-8 xl:grid-cols-[minmax(0,1fr)_320px]">
      <PriceTable {...prices} asked={asked} home={home} calculate={calculated} />
      {result ? (
        <Calculator prices={prices.list.prices}>
          {"refused" in result ? (
            <QuoteRefused message={result.refused} />
          ) : (
            <QuoteResult
              calculation={result}
              version={prices.list.version}
              asked={query}
              paths={portal.paths}
              promotional={portal.catalogue.labels.promotional}
              estimated={portal.catalogue.settlement === "actual"}
            />
          )}
        </Calculator>
      ) : null}
    </div>
  );
}
