"use client";
import { Switch as Base } from "@base-ui/react/switch";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

/** On or off, in effect at once. Name it with `aria-label` or a label around it. */
export function Switch({ className, ...props }: ComponentProps<typeof Base.Root>) {
  return (
    <Base.Root
      className={cn(
        "relative inline-flex h-5 w-9 touch:after:absolute touch:after:-inset-x-1 touch:after:-inset-y-3 shrink-0 rounded-full border border-field bg-control p-px transition-colors duration-150 data-[checked]:border-accent data-[checked]:bg-accent data-[disabled]:opacity-50",
        className,
      )}
      {...props}
    >
      <Base.Thumb className="size-4 rounded-full bg-muted transition-[translate,background-color] duration-150 data-[checked]:translate-x-4 data-[checked]:bg-on-accent" />
    </Base.Root>
  );
}
