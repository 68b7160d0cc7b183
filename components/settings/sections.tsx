import { useTranslations } from "next-intl";
import { SectionLinks } from "@/components/section-links";
import { paths } from "@/lib/kernel/paths";

const SECTIONS = [
  { href: paths.settings, name: "general" },
  { href: paths.audit, name: "audit" },
] as const;

/** The parts of the settings, each with an address of its own. */
export function SettingsSections() {
  const t = useTranslations("settings.sections");
  return <SectionLinks label={t("label")} links={SECTIONS.map(({ href, name }) => ({ href, text: t(name) }))} />;
}
