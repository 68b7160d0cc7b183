"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { usePaths } from "@/components/context/use-paths";
import { SectionLinks } from "@/components/layout/section-links";
import { type PlacedPage, sharesPlace } from "@/lib/kernel/paths";

/** The parts of billing, each with an address of its own, named by the last word of its place. */
export function BillingSections() {
  const paths = usePaths();
  const { places, offered } = useFacts();
  const t = useTranslations("payments.sections");
  const part = (page: PlacedPage) => ({ href: paths[page], text: places[page].at(-1) ?? "" });
  const links = [
    { href: paths.billing, text: t("overview") },
    ...(offered.addFunds ? [part("addFunds")] : []),
    ...(offered.autoTopUp && !(offered.addFunds && sharesPlace(places)) ? [part("autoTopUp")] : []),
    part("paymentMethods"),
    ...(offered.subscription ? [part("subscription")] : []),
    { href: paths.invoices, text: t("invoices") },
    part("statements"),
  ];
  return <SectionLinks label={t("label")} links={links} />;
}
