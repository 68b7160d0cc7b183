"use client";
import { Dialog as Base } from "@base-ui/react/dialog";
import { cn } from "./class-names";
import { Panel, type PanelProps } from "./dialog";
import { BACKDROP, FLOATING } from "./floating";

/** A panel at the right for a row's detail; on a phone it rises from the bottom. `wide` is for a table inside. */
export function Sheet({ open, onOpenChange, className, wide = false, ...panel }: PanelProps & { wide?: boolean }) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={BACKDROP} />
        <Base.Popup
          className={cn(
            FLOATING,
            "fixed flex flex-col max-sm:inset-x-0 max-sm:bottom-0 max-sm:max-h-[88dvh] max-sm:rounded-b-none max-sm:pb-[env(safe-area-inset-bottom)] sm:inset-y-2 sm:right-2",
            wide ? "sm:w-[min(44rem,calc(100vw-1rem))]" : "sm:w-[min(30rem,calc(100vw-1rem))]",
            "max-sm:data-[ending-style]:translate-y-6 max-sm:data-[starting-style]:translate-y-6 sm:data-[ending-style]:translate-x-6 sm:data-[starting-style]:translate-x-6",
            className,
          )}
        >
          <Panel {...panel} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
