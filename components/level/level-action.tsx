"use client";
import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { usePaths } from "@/components/context/use-paths";
import type { LevelAction } from "@/lib/ledger/schema";

/** The way to the one thing to do, for those who may do it; nothing on its own page. */
export function LevelActionLink({ action, className }: { action: LevelAction | null; className: string }) {
  const t = useTranslations("level.action");
  const { labels, may } = useFacts();
  const paths = usePaths();
  const path = action === "add_funds" ? paths.addFunds : paths.subscription;
  const pathname = usePathname();
  if (action === null || !may.manage || pathname === path) return null;
  return (
    <Link href={path as Route} className={className}>
      {action === "add_funds" ? labels.topUp : t(action, { label: labels.payg })}
    </Link>
  );
}
