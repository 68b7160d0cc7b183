"use client";
import { useTranslations } from "next-intl";
import { usePaths } from "@/components/context/use-paths";
import { SectionLinks } from "@/components/layout/section-links";

/** The catalogue's names of its pages; null for pages that it does not have. */
export type BillingNames = { topUp: string | null; autoTopUp: string | null; plan: string | null; methods: string };

/** The parts of billing, each with an address of its own. */
export function BillingSections({ names }: { names: BillingNames }) {
  const paths = usePaths();
  const t = useTranslations("payments.sections");
  const { topUp, autoTopUp, plan, methods } = names;
  const links = [
    { href: paths.billing, text: t("overview") },
    { href: paths.addFunds, text: topUp },
    { href: paths.autoTopUp, text: autoTopUp },
    { href: paths.paymentMethods, text: methods },
    { href: paths.subscription, text: plan },
    { href: paths.invoices, text: t("invoices") },
  ].flatMap(({ href, text }) => (text === null ? [] : [{ href, text }]));
  return <SectionLinks label={t("label")} links={links} />;
}
