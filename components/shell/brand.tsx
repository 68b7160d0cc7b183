"use client";
import Link from "next/link";
import { usePaths } from "@/components/context/use-paths";
import { WIDE_ONLY } from "./wide-only";

/** The operator's logo and name; without a logo its first letter on the accent. */
export function Brand({ name, logo }: { name: string; logo: string | null }) {
  const paths = usePaths();
  return (
    <Link href={paths.overview} className="flex min-w-0 items-center gap-2.5 rounded-control px-1">
      {logo ? (
        // biome-ignore lint/performance/noImgElement: the optimizer is off, and a logo is one small file.
        <img src={logo} alt="" className="size-7 shrink-0 rounded-[7px] object-contain" />
      ) : (
        <span
          aria-hidden="true"
          className="grid size-7 shrink-0 place-content-center rounded-[7px] bg-accent font-semibold text-base text-on-accent"
        >
          {name.slice(0, 1)}
        </span>
      )}
      <span className={`truncate font-semibold text-lg ${WIDE_ONLY}`}>{name}</span>
    </Link>
  );
}
