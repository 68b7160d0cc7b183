"use client";
import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";
import { cn } from "./class-names";
import { FLOATING } from "./floating";

type Props = {
  trigger: ReactElement;
  /** The name for screen readers. */
  label: string;
  align?: "start" | "center" | "end";
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  className?: string;
  children: ReactNode;
};

/** Controls or an explanation beside their subject. */
export function Popover({ trigger, label, align = "start", open, onOpenChange, className, children }: Props) {
  return (
    <Base.Root {...(open !== undefined && { open })} {...(onOpenChange && { onOpenChange })}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} collisionPadding={8} align={align} className="z-40 outline-none">
          <Base.Popup
            aria-label={label}
            className={cn(
              FLOATING,
              "max-h-[var(--available-height)] max-w-[calc(100vw-1rem)] overflow-y-auto p-4",
              className,
            )}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
