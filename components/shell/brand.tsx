"use client";
import Link from "next/link";
import { usePaths } from "@/components/context/use-paths";
import { OperatorMark } from "@/components/layout/operator-mark";
import { WIDE_ONLY } from "./wide-only";

/** The operator's logo and name; without a logo its first letter on the accent. */
export function Brand({ name, logo }: { name: string; logo: string | null }) {
  const paths = usePaths();
  return (
    <Link href={paths.overview} className="flex min-w-0 items-center gap-2.5 rounded-control px-1">
      <OperatorMark name={name} logo={logo} />
      <span className={`truncate font-semibold text-lg ${WIDE_ONLY}`}>{name}</span>
    </Link>
  );
}
