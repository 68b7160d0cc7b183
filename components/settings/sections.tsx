"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { usePaths } from "@/components/context/use-paths";
import { SectionLinks } from "@/components/layout/section-links";

/** The parts of the settings, each with an address of its own; billing where the catalogue's words say so. */
export function SettingsSections() {
  const paths = usePaths();
  const t = useTranslations("settings");
  const [first, ...below] = useFacts().places.billing;
  const billing = first === t("title") && below.length > 0 ? [{ href: paths.billing, text: below.join(" → ") }] : [];
  const links = [
    { href: paths.settings, text: t("sections.general") },
    ...billing,
    { href: paths.audit, text: t("sections.audit") },
  ];
  return <SectionLinks label={t("sections.label")} links={links} />;
}
