"use client";
import { useTranslations } from "next-intl";
import { usePaths } from "@/components/context/use-paths";
import { SectionLinks } from "@/components/layout/section-links";

const SECTIONS = [
  { page: "settings", name: "general" },
  { page: "audit", name: "audit" },
] as const;

/** The parts of the settings, each with an address of its own. */
export function SettingsSections() {
  const paths = usePaths();
  const t = useTranslations("settings.sections");
  return (
    <SectionLinks label={t("label")} links={SECTIONS.map(({ page, name }) => ({ href: paths[page], text: t(name) }))} />
  );
}
