"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { usePaths } from "@/components/context/use-paths";
import { SectionLinks } from "@/components/layout/section-links";

const SECTIONS = [
  { page: "developers", name: "quickstart" },
  { page: "developersReference", name: "reference" },
  { page: "developersErrors", name: "errors" },
] as const;

/** The parts of the page, each with an address of its own. */
export function Sections() {
  const paths = usePaths();
  const { labels } = useFacts();
  const t = useTranslations("developers.sections");
  const links = [
    ...SECTIONS.map(({ page, name }) => ({ href: paths[page], text: t(name) })),
    { href: paths.developersPrices, text: labels.prices },
    { href: paths.developersLimits, text: t("limits") },
  ];
  return <SectionLinks label={t("label")} links={links} />;
}
