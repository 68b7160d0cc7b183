"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { type Facts, useFacts } from "@/components/context/facts";
import { usePaths } from "@/components/context/use-paths";
import { PLACED_PAGES, type PlacedPage } from "@/lib/kernel/paths";

/** A word of the operator's documentation or of a page, and where a reader finds it. */
export type Word = { label: string; href: string; place: string };

const ARROW = " → ";

function offers({ offered }: Facts, page: PlacedPage): boolean {
  return !(page in offered) || offered[page as keyof Facts["offered"]];
}

/** The pages of billing by the last word of their place, but for that of the navigation. */
export function usePlacedPages(): Word[] {
  const facts = useFacts();
  const paths = usePaths();
  return useMemo(() => {
    const pages = (Object.keys(PLACED_PAGES) as PlacedPage[]).filter((page) => offers(facts, page));
    const words = pages.map((page) => {
      const place = facts.places[page];
      return { label: place.at(-1) ?? "", href: paths[page], place: place.slice(0, -1).join(ARROW) };
    });
    return unique(words.filter(({ href }) => href !== paths.billing));
  }, [facts, paths]);
}

/** The first of each label. */
function unique(words: Word[]): Word[] {
  const same = ({ label }: Word) => label.toLowerCase();
  return words.filter((word, index) => words.findIndex((other) => same(other) === same(word)) === index);
}

/** What readers search for that is a part of a page: settings, kinds of credit, fields. */
export function useWords(): Word[] {
  const t = useTranslations("shell.words");
  const names = useTranslations("shell");
  const developers = useTranslations("developers");
  const rule = useTranslations("autoTopUp.form");
  const payg = useTranslations("plans.payg");
  const alerts = useTranslations("alerts");
  const facts = useFacts();
  const paths = usePaths();
  return useMemo(() => {
    const { labels, places, paygToggles, grantsAtFirst } = facts;
    const on = (page: PlacedPage, ...words: (string | null)[]) =>
      offers(facts, page)
        ? words.flatMap((label) => (label ? [{ label, href: paths[page], place: places[page].join(ARROW) }] : []))
        : [];
    const inDevelopers = (href: string, label: string) => ({ label, href, place: names("developers") });
    const fallback = [labels.payg, payg("enable", { label: labels.payg }), labels.paygLimit];
    return unique([
      ...on("addFunds", labels.topUp),
      ...on("autoTopUp", labels.autoTopUp, rule("threshold"), rule("cap")),
      ...on("subscription", t("plans"), t("subscriptionPlans"), labels.plan, ...(paygToggles ? fallback : [])),
      ...on("billing", labels.balance, labels.purchased, grantsAtFirst ? labels.promotional : null, t("grants")),
      ...on("invoices", t("refunds")),
      ...on("statements", t("monthly")),
      { label: t("apiKeys"), href: paths.keys, place: "" },
      { label: t("members"), href: paths.team, place: "" },
      { label: alerts("title"), href: `${paths.settings}#alerts`, place: names("settings") },
      { label: t("audit"), href: paths.audit, place: names("settings") },
      inDevelopers(paths.developersPrices, labels.prices),
      inDevelopers(paths.developersLimits, t("rateLimits")),
      inDevelopers(paths.developersLimits, t("quotas")),
      inDevelopers(paths.developersReference, developers("sections.reference")),
      inDevelopers(paths.developersErrors, developers("sections.errors")),
    ]);
  }, [t, names, developers, rule, payg, alerts, facts, paths]);
}
