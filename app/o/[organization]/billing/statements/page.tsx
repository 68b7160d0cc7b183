import type { Metadata } from "next";
import { Statements } from "@/components/statements/statements";
import { loadedCatalogue } from "@/lib/adapters/portal/loaded-catalogue";
import { portalPage } from "@/lib/adapters/portal/page";
import { getStatement, listLines, listStatements } from "@/lib/statements";

/** How many lines the page lists; its files have all of them. */
const MOST_LINES = 100;

export async function generateMetadata(): Promise<Metadata> {
  const { places } = await loadedCatalogue();
  return { title: places.statements.at(-1) ?? "" };
}

/** The month that the address names, or else the last one that has ended. */
export default async function StatementsPage({
  params,
  searchParams,
}: PageProps<"/o/[organization]/billing/statements">) {
  const { ctx } = await portalPage({ params }, (own) => own.statements);
  const { data: months } = await listStatements(ctx);
  const { month: asked } = await searchParams;
  const { month } = (months.find(({ month }) => month === asked) ?? months[1] ?? months[0]) as (typeof months)[number];
  const [statement, lines] = await Promise.all([
    getStatement(ctx, { month }),
    listLines(ctx, { month, most: MOST_LINES }),
  ]);
  return <Statements key={month} months={months} statement={statement} lines={lines} />;
}
