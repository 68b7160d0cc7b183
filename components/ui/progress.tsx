"use client";
import { Progress as Base } from "@base-ui/react/progress";

/** How far something long has come; `share` is 0 … 1, null while the length is unknown. */
export function Progress({ label, text, share }: { label: string; text: string; share: number | null }) {
  return (
    <Base.Root value={share === null ? null : Math.round(share * 100)} aria-label={label} getAriaValueText={() => text}>
      <div className="mb-1.5 flex justify-between gap-4 text-sm">
        <span>{label}</span>
        <span className="text-muted tabular-nums">{text}</span>
      </div>
      <Base.Track className="h-1.5 overflow-hidden rounded-full bg-control ring-1 ring-line ring-inset">
        <Base.Indicator className="h-full rounded-full bg-accent transition-[width] duration-150 data-[indeterminate]:w-1/3 data-[indeterminate]:animate-pulse" />
      </Base.Track>
    </Base.Root>
  );
}
