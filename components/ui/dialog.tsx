"use client";
import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "./class-names";
import { BACKDROP, FLOATING } from "./floating";
import { IconButton } from "./icon-button";

export type PanelProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
  /** Stays at the bottom while the rest scrolls. */
  footer?: ReactNode;
  children: ReactNode;
  className?: string;
};

/** Title, close button, what scrolls and what stays: the inside of a dialog and of a sheet. */
export function Panel({ title, description, footer, children }: Omit<PanelProps, "open" | "onOpenChange">) {
  const t = useTranslations("ui");
  return (
    <>
      <header className="flex items-start justify-between gap-4 px-5 pt-4 pb-3">
        <div className="min-w-0">
          <Base.Title className="font-semibold text-lg">{title}</Base.Title>
          {description ? <Base.Description className="mt-1 text-muted text-sm">{description}</Base.Description> : null}
        </div>
        <Base.Close render={<IconButton label={t("close")} className="-mt-1 -mr-2 touch:-mt-2 touch:-mr-3" />}>
          <X aria-hidden="true" />
        </Base.Close>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
      {footer ? <footer className="flex justify-end gap-2 border-line border-t px-5 py-3">{footer}</footer> : null}
    </>
  );
}

/** A question in the middle of the page; Escape and the backdrop close it, and focus goes back to where it was. */
export function Dialog({ open, onOpenChange, className, ...panel }: PanelProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={BACKDROP} />
        <Base.Popup
          className={cn(
            FLOATING,
            "fixed top-1/2 left-1/2 flex max-h-[calc(100dvh-2rem)] w-[min(30rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 flex-col data-[starting-style]:scale-98 data-[ending-style]:scale-98",
            className,
          )}
        >
          <Panel {...panel} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
