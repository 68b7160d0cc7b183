import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ReferenceView } from "@/components/developers/reference-view";
import { portalPage } from "@/lib/adapters/portal/page";
import { portalReference } from "@/lib/adapters/portal/reference";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("developers.sections");
  return { title: t("reference") };
}

export default async function ReferencePage({ params }: PageProps<"/o/[organization]/developers/reference">) {
  const { paths, catalogue } = await portalPage({ params }, (own) => own.developersReference);
  return <ReferenceView errors={paths.developersErrors} reference={portalReference(catalogue)} />;
}
