"use client";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { usePaths } from "@/components/context/use-paths";

type Props = { endpoint?: string; model?: string; tag?: string; children: ReactNode };

/** Leads to the calls of the last 30 days that a hint is about. */
export function CallsLink({ endpoint, model, tag, children }: Props) {
  const paths = usePaths();
  const query = new URLSearchParams({
    r: "30d",
    ...(endpoint && { e: endpoint }),
    ...(model && { m: model }),
    ...(tag && { t: tag }),
  });
  return (
    <Link href={`${paths.usage}?${query}#log` as Route} className="rounded-[4px] underline">
      {children}
    </Link>
  );
}
