import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Limits } from "@/components/developers/limits";
import { limitsOf } from "@/lib/adapters/portal/limits";
import { portalPage } from "@/lib/adapters/portal/page";
import { pricesOf } from "@/lib/adapters/portal/prices";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("developers.sections");
  return { title: t("limits") };
}

export default async function LimitsPage({ params }: PageProps<"/o/[organization]/developers/limits">) {
  const portal = await portalPage({ params }, (own) => own.developersLimits);
  const { list, meters } = pricesOf(portal.catalogue);
  return <Limits {...(await limitsOf(portal))} list={list} meters={meters} />;
}
