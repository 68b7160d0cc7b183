import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader, parseAsString } from "nuqs/server";
import { callOf, callParsers, chosenPrice } from "@/components/developers/call-state";
import { EstimateFrame } from "@/components/developers/estimate";
import { AddressProvider } from "@/components/layout/address";
import { estimate } from "@/lib/adapters/portal/estimate";
import { loadedCatalogue } from "@/lib/adapters/portal/loaded-catalogue";
import { pricesOf } from "@/lib/adapters/portal/prices";
import { printDecimal } from "@/lib/kernel/print-amount";
import { now } from "@/lib/platform/clock";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("developers.estimate");
  return { title: t("title"), robots: { index: false } };
}

const load = createLoader({ ...callParsers, controls: parseAsString });

/** What one call costs, without the portal around it. `controls=off` leaves out the fields. */
export default async function EstimatePage({ searchParams }: PageProps<"/estimate">) {
  const t = await getTranslations("developers.estimate");
  const [catalogue, asked] = [await loadedCatalogue(), await load(searchParams)];
  const { list, meters, unit } = pricesOf(catalogue);
  const price = chosenPrice(list.prices, asked);
  if (!price) return null;
  const found = estimate(catalogue, callOf(price, asked), now());
  const actual = catalogue.settlement === "actual";
  return (
    <AddressProvider>
      <EstimateFrame prices={list.prices} meters={meters} controls={asked.controls !== "off"}>
        {"refused" in found ? (
          <p className="font-medium">{found.refused}</p>
        ) : (
          <>
            <p className="text-muted text-sm">{t(actual ? "title" : "atMost")}</p>
            <p translate="no" className="font-semibold text-2xl tabular-nums">
              {found.cost === "0" ? t("free") : printDecimal(found.cost, unit).text}
            </p>
            <p className="text-muted text-sm">{t(actual ? "differs" : "capped")}</p>
          </>
        )}
      </EstimateFrame>
    </AddressProvider>
  );
}
