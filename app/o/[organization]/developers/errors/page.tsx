import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ErrorTable } from "@/components/developers/error-table";
import { portalPage } from "@/lib/adapters/portal/page";
import { errorRows, refusalExamples } from "@/lib/adapters/portal/refusals";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("developers.sections");
  return { title: t("errors") };
}

export default async function ErrorsPage({ params }: PageProps<"/o/[organization]/developers/errors">) {
  const { catalogue } = await portalPage({ params }, (own) => own.developersErrors);
  const { name, support } = catalogue.operator;
  return (
    <ErrorTable operator={name} support={support} rows={errorRows(catalogue)} examples={refusalExamples(catalogue)} />
  );
}
