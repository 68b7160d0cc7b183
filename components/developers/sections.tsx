"use client";
import { useTranslations } from "next-intl";
import { usePaths } from "@/components/context/use-paths";
import { SectionLinks } from "@/components/layout/section-links";

const SECTIONS = [
  { page: "developers", name: "quickstart" },
  { page: "developersReference", name: "reference" },
  { page: "developersErrors", name: "errors" },
  { page: "developersPrices", name: "prices" },
  { page: "developersCalculator", name: "calculator" },
] as const;

/** The parts of the page, each with an address of its own. */
export function Sections() {
  const paths = usePaths();
  const t = useTranslations("developers.sections");
  return (
    <SectionLinks label={t("label")} links={SECTIONS.map(({ page, name }) => ({ href: paths[page], text: t(name) }))} />
  );
}
