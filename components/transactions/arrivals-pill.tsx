"use client";
import { ArrowUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { LiveText } from "@/components/ui/live-text";

type Props = { count: number; more: boolean; onShow: () => void };

/** Shows that new rows are above the visible ones; a click scrolls to them. */
export function ArrivalsPill({ count, more, onShow }: Props) {
  const t = useTranslations("transactions");
  return (
    <div role="status" className="pointer-events-none sticky top-16 z-10 flex h-0 justify-center">
      {count > 0 ? (
        <button
          type="button"
          onClick={onShow}
          className="pointer-events-auto flex h-8 items-center gap-1.5 rounded-full border border-line bg-card px-3 font-medium text-sm shadow-lg hover:bg-control"
        >
          <ArrowUp aria-hidden="true" className="size-4 text-muted" />
          <LiveText>{t(more ? "newMore" : "new", { count })}</LiveText>
        </button>
      ) : null}
    </div>
  );
}
