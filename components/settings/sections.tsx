"use client";
import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { paths } from "@/lib/kernel/paths";

const SECTIONS = [
  { href: paths.settings, name: "general" },
  { href: paths.audit, name: "audit" },
] as const;

/** The parts of the settings, each with an address of its own. */
export function SettingsSections() {
  const t = useTranslations("settings.sections");
  const pathname = usePathname();
  return (
    <nav aria-label={t("label")} className="mb-6 flex gap-6 overflow-x-auto border-b [scrollbar-width:none]">
      {SECTIONS.map(({ href, name }) => (
        <Link
          key={href}
          href={href as Route}
          className={cn(
            "-outline-offset-2 whitespace-nowrap border-transparent border-b-2 py-2 text-muted transition-colors duration-150 hover:text-text",
            pathname === href && "border-accent font-medium text-text",
          )}
          {...(pathname === href && { "aria-current": "page" as const })}
        >
          {t(name)}
        </Link>
      ))}
    </nav>
  );
}
