"use client";
import { useTranslations } from "next-intl";
import { useSeriesName } from "./measure";
import { OTHER } from "./palette";
import type { Series } from "./series";

type Props = { series: readonly Series[]; compared: boolean; onPick?: ((id: string) => void) | undefined };

function Swatch({ color }: { color: string }) {
  return <span aria-hidden="true" className="size-2.5 shrink-0 rounded-[3px]" style={{ background: color }} />;
}

/** The series by size; pressing one filters to it. "Other" and calls without a name are no filter. */
export function Legend({ series, compared, onPick }: Props) {
  const t = useTranslations("charts");
  const nameOf = useSeriesName();
  return (
    <ul aria-label={t("legend")} className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-muted text-sm">
      {series.map((one) => {
        const name = nameOf(one);
        const entry = (
          <>
            <Swatch color={one.color} />
            <span className="min-w-0 break-all">{name}</span>
          </>
        );
        return (
          <li key={one.id} className="flex min-w-0 items-center gap-2">
            {onPick && one.id !== OTHER && one.id !== "" ? (
              <button
                type="button"
                aria-label={t("only", { name })}
                title={t("only", { name })}
                className="-mx-1 flex min-w-0 items-center gap-2 rounded-[4px] px-1 text-left hover:text-text hover:underline"
                onClick={() => onPick(one.id)}
              >
                {entry}
              </button>
            ) : (
              entry
            )}
          </li>
        );
      })}
      {compared ? (
        <li className="flex items-center gap-2">
          <span aria-hidden="true" className="size-2.5 rounded-[3px] bg-[var(--series-other)] opacity-35" />
          {t("periodBefore")}
        </li>
      ) : null}
    </ul>
  );
}
