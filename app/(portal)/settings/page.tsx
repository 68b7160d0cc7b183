import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/page-header";
import { Settings } from "@/components/settings/settings";
import { portalPage } from "@/lib/adapters/portal/page";
import { currentCatalogue } from "@/lib/catalogue";
import { organizationPublicId } from "@/lib/kernel/ids";
import { paths } from "@/lib/kernel/paths";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("title") };
}

export default async function SettingsPage() {
  const { session, catalogue } = await portalPage(paths.settings);
  const t = await getTranslations("settings");
  const { organizationId, organization, user, role } = session;
  const { unit, operator } = catalogue;
  return (
    <>
      <PageHeader title={t("title")} />
      <Settings
        organization={{ id: organizationPublicId(organizationId), ...organization }}
        user={{ ...user, role }}
        catalogue={{ unit: unit.plural, version: currentCatalogue().version, support: operator.support }}
      />
    </>
  );
}
