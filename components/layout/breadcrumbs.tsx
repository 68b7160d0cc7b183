"use client";
import { ChevronRight } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { usePaths } from "@/components/context/use-paths";
import { type OrganizationPaths, PLACED_PAGES, type PlacedPage } from "@/lib/kernel/paths";

const PAGES = Object.keys(PLACED_PAGES) as PlacedPage[];

/** The page that is shown; the page of purchases where auto top-up is a part of it. */
function pageAt(pathname: string, paths: OrganizationPaths): PlacedPage {
  return PAGES.find((page) => paths[page] === pathname) ?? "billing";
}

/** The way to the page in the words of the operator's documentation, such as Settings, Billing, Credits. */
export function Breadcrumbs() {
  const t = useTranslations("common");
  const shell = useTranslations("shell");
  const { places } = useFacts();
  const paths = usePaths();
  const words = places[pageAt(usePathname(), paths)];
  if (words.length < 2) return null;
  const above = (depth: number) => {
    const way = words.slice(0, depth + 1).join("\n");
    const page = PAGES.find((name) => places[name].join("\n") === way);
    if (page) return paths[page];
    return way === shell("settings") ? paths.settings : undefined;
  };
  return (
    <nav aria-label={t("breadcrumbs")} className="mb-1">
      <ol className="flex flex-wrap items-center gap-1 text-muted text-sm">
        {words.map((word, depth) => {
          const href = depth < words.length - 1 ? above(depth) : undefined;
          return (
            <li key={word} className="flex items-center gap-1">
              {depth > 0 ? <ChevronRight aria-hidden="true" className="size-3.5 shrink-0" /> : null}
              {href ? (
                <Link href={href as Route} className="touch:py-3 hover:text-text hover:underline">
                  {word}
                </Link>
              ) : (
                <span {...(depth === words.length - 1 && { "aria-current": "page" as const })}>{word}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
