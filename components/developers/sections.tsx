import { useTranslations } from "next-intl";
import { SectionLinks } from "@/components/section-links";
import { paths } from "@/lib/kernel/paths";

const SECTIONS = [
  { href: paths.developers, name: "quickstart" },
  { href: paths.developersReference, name: "reference" },
  { href: paths.developersErrors, name: "errors" },
  { href: paths.developersPrices, name: "prices" },
  { href: paths.developersCalculator, name: "calculator" },
] as const;

/** The parts of the page, each with an address of its own. */
export function Sections() {
  const t = useTranslations("developers.sections");
  return <SectionLinks label={t("label")} links={SECTIONS.map(({ href, name }) => ({ href, text: t(name) }))} />;
}
