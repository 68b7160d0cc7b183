import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader } from "nuqs/server";
import { Calculator } from "@/components/developers/calculator";
import { callOf, callParsers, chosenPrice } from "@/components/developers/call-state";
import { QuoteRefused, QuoteResult } from "@/components/developers/quote-result";
import { calculate } from "@/lib/adapters/portal/calculator";
import { portalPage } from "@/lib/adapters/portal/page";
import { priceList } from "@/lib/catalogue";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("developers.sections");
  return { title: t("calculator") };
}

const load = createLoader(callParsers);

export default async function CalculatorPage({
  params,
  searchParams,
}: PageProps<"/o/[organization]/developers/calculator">) {
  const asked = await searchParams;
  const portal = await portalPage({ params }, (own) => own.developersCalculator);
  const [state, { prices, version }] = await Promise.all([load(asked), priceList(portal.ctx)]);
  const price = chosenPrice(prices, state);
  if (!price) return null;
  const result = await calculate(portal, callOf(price, state));
  return (
    <Calculator prices={prices}>
      {"refused" in result ? (
        <QuoteRefused message={result.refused} />
      ) : (
        <QuoteResult calculation={result} version={version} asked={asked} paths={portal.paths} />
      )}
    </Calculator>
  );
}
