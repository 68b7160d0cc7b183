"use client";
import { useTranslations } from "next-intl";
import { SectionLinks } from "@/components/section-links";
import { usePaths } from "@/components/use-paths";

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
