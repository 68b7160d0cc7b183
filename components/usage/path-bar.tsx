"use client";
import { ChevronRight, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { writeRange } from "./range";
import { useRangeName } from "./range-name";
import type { Explorer } from "./use-explorer";

/** The ranges that one came through, each the way back to it. */
export function PathBar({ explorer }: { explorer: Explorer }) {
  const t = useTranslations("usage");
  const nameOf = useRangeName();
  const { state, goBack } = explorer;
  if (state.path.length === 0) return null;
  return (
    <nav aria-label={t("path")} className="mb-4">
      <ol className="flex flex-wrap items-center gap-1 text-sm">
        {state.path.map((step, index) => (
          <li key={writeRange(step.range)} className="flex items-center gap-1">
            <button
              type="button"
              aria-label={t("back", { range: nameOf(step.range) })}
              className="flex items-center gap-1.5 rounded-[6px] px-2 py-1 text-muted hover:bg-control hover:text-text"
              onClick={() => goBack(index)}
            >
              {index === 0 ? <Undo2 aria-hidden="true" className="size-3.5" /> : null}
              {nameOf(step.range)}
            </button>
            <ChevronRight aria-hidden="true" className="size-3.5 text-muted" />
          </li>
        ))}
        <li aria-current="true" className="px-2 py-1 font-medium">
          {nameOf(state.range)}
        </li>
      </ol>
    </nav>
  );
}
