"use client";
import { Search as Glass } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useEffect, useState } from "react";
import type { AccountFacts } from "./account-facts";

const load = () => import("./palette");
const Palette = lazy(load);

/** Opens the palette by its button or by Ctrl/⌘-K from anywhere. */
export function Search({ account }: { account: AccountFacts }) {
  const t = useTranslations("shell");
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.altKey) return;
      event.preventDefault();
      setWanted(true);
      setOpen((was) => !was);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
  return (
    <>
      <button
        type="button"
        aria-label={t("searchLabel")}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onPointerEnter={() => void load()}
        onFocus={() => void load()}
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
        className="flex h-8 touch:h-11 items-center gap-2 rounded-control text-muted text-sm hover:text-text max-sm:w-11 max-sm:justify-center sm:w-48 sm:border sm:border-line sm:bg-card sm:px-2.5 lg:w-60"
      >
        <Glass aria-hidden="true" className="size-4 shrink-0" />
        <span className="max-sm:hidden">{t("search")}</span>
        <kbd className="ml-auto font-sans text-xs max-sm:hidden">Ctrl K</kbd>
      </button>
      {wanted ? (
        <Suspense>
          <Palette open={open} onOpenChange={setOpen} account={account} />
        </Suspense>
      ) : null}
    </>
  );
}
