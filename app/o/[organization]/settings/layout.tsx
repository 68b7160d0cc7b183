import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/layout/page-header";
import { SettingsSections } from "@/components/settings/sections";
import { currentPortal } from "@/lib/adapters/portal/page";

export default async function SettingsLayout({ params, children }: LayoutProps<"/o/[organization]/settings">) {
  if (!(await currentPortal({ params }))) return children;
  const t = await getTranslations("settings");
  return (
    <>
      <PageHeader title={t("title")} />
      <SettingsSections />
      {children}
    </>
  );
}
