"use client";
import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";
import { cn } from "./class-names";
import { FLOATING } from "./floating";

type Props = { text: ReactNode; side?: "top" | "right" | "bottom" | "left"; children: ReactElement };

/** A hint for pointer and focus. It is not read aloud: what matters is also in the control's name. */
export function Tooltip({ text, side = "top", children }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={children} delay={400} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} side={side} className="z-50">
          <Base.Popup className={cn(FLOATING, "max-w-72 rounded-control px-2 py-1 text-xs")}>{text}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
