"use client";
import { Meter as Base } from "@base-ui/react/meter";

/** How much of a whole is left; `share` is 0 … 1 and only drawn, the words say the amounts. */
export function Meter({ label, text, share }: { label: string; text: string; share: number }) {
  return (
    <Base.Root value={Math.round(share * 100)} aria-label={label} getAriaValueText={() => text}>
      <Base.Track className="h-2 overflow-hidden rounded-full bg-control ring-1 ring-line ring-inset">
        <Base.Indicator className="h-full rounded-full bg-accent" />
      </Base.Track>
    </Base.Root>
  );
}
