import type { Metadata, Route } from "next";
import { notFound, redirect } from "next/navigation";
import { createLoader, parseAsString } from "nuqs/server";
import { PriceTable } from "@/components/prices/price-table";
import { PricesFrame } from "@/components/prices/prices-frame";
import { loadedCatalogue } from "@/lib/adapters/portal/loaded-catalogue";
import { pricesOf } from "@/lib/adapters/portal/prices";
import { paths, pricesPath } from "@/lib/kernel/paths";

/** The one public page: it has the catalogue's name, and its usual address leads to it. */
async function pricesAt({ params }: PageProps<"/[page]">) {
  const { page } = await params;
  const catalogue = await loadedCatalogue();
  const home = pricesPath(catalogue.labels.prices);
  if (`/${page}` === home) return { catalogue, home };
  if (`/${page}` === paths.prices) redirect(home as Route);
  notFound();
}

export async function generateMetadata(props: PageProps<"/[page]">): Promise<Metadata> {
  const { catalogue, home } = await pricesAt(props);
  return {
    title: catalogue.labels.prices,
    alternates: { canonical: home },
    robots: { index: true, follow: false },
  };
}

const load = createLoader({ search: parseAsString.withDefault(""), in: parseAsString, by: parseAsString });

export default async function PublicPrices(props: PageProps<"/[page]">) {
  const { catalogue, home } = await pricesAt(props);
  const { operator, labels } = catalogue;
  return (
    <PricesFrame operator={operator} heading={labels.prices}>
      <PriceTable {...pricesOf(catalogue)} asked={await load(props.searchParams)} home={home} />
    </PricesFrame>
  );
}
