import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageHeader } from "@/components/page-header";
import { SettingsSections } from "@/components/settings/sections";

export default function SettingsLayout({ children }: { children: ReactNode }) {
  const t = useTranslations("settings");
  return (
    <>
      <PageHeader title={t("title")} />
      <SettingsSections />
      {children}
    </>
  );
}
