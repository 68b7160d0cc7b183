import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader, parseAsString } from "nuqs/server";
import { PriceTable } from "@/components/developers/price-table";
import { portalPage } from "@/lib/adapters/portal/page";
import { priceList } from "@/lib/catalogue";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("developers.sections");
  return { title: t("prices") };
}

const load = createLoader({ search: parseAsString.withDefault(""), endpoint: parseAsString });

export default async function PricesPage({ params, searchParams }: PageProps<"/o/[organization]/developers/prices">) {
  const { ctx, catalogue, paths } = await portalPage({ params }, (own) => own.developersPrices);
  const [asked, list] = await Promise.all([load(searchParams), priceList(ctx)]);
  const meters = Object.fromEntries(catalogue.meters.map(({ name, label, singular }) => [name, { label, singular }]));
  return <PriceTable paths={paths} list={list} unit={catalogue.unit} meters={meters} {...asked} />;
}
