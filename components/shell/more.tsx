"use client";
import { Ellipsis } from "lucide-react";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useEffect, useState } from "react";
import { cn } from "@/components/ui/class-names";
import type { AccountFacts } from "./account-facts";

const load = () => import("./more-sheet");
const MoreSheet = lazy(load);

/** Entries that do not fit into a phone's bottom bar; loaded at the first touch. */
export function More({ account, active }: { account: AccountFacts; active: boolean }) {
  const t = useTranslations("shell");
  const pathname = usePathname();
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new address closes the sheet.
  useEffect(() => setOpen(false), [pathname]);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        onPointerDown={() => void load()}
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
        className={cn(
          "flex h-14 w-full flex-col items-center justify-center gap-0.5 text-xs",
          active ? "font-medium text-accent" : "text-muted",
        )}
      >
        <Ellipsis aria-hidden="true" className="size-5" />
        {t("more")}
      </button>
      {wanted ? (
        <Suspense>
          <MoreSheet open={open} onOpenChange={setOpen} account={account} />
        </Suspense>
      ) : null}
    </>
  );
}
