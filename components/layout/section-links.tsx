"use client";
import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { cn } from "@/components/ui/class-names";

/** The parts of a page, each with an address of its own. */
export function SectionLinks({ label, links }: { label: string; links: readonly { href: string; text: string }[] }) {
  const pathname = usePathname();
  const nav = useRef<HTMLElement>(null);
  // On a phone the row is wider than the screen: the part that is shown is brought into it, and the page stays.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address says which part is current.
  useEffect(() => {
    const row = nav.current;
    const here = row?.querySelector<HTMLElement>("[aria-current]");
    if (row && here) row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
  }, [pathname]);
  return (
    <nav ref={nav} aria-label={label} className="mb-6 flex gap-6 overflow-x-auto border-b [scrollbar-width:none]">
      {links.map(({ href, text }) => (
        <Link
          key={href}
          href={href as Route}
          className={cn(
            "-outline-offset-2 whitespace-nowrap border-transparent border-b-2 py-2 text-muted transition-colors duration-150 hover:text-text",
            pathname === href && "border-accent font-medium text-text",
          )}
          {...(pathname === href && { "aria-current": "page" as const })}
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}
