"use client";
import { Checkbox as Base } from "@base-ui/react/checkbox";
import { Check } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./class-names";

type Props = Omit<ComponentProps<typeof Base.Root>, "children"> & { children: ReactNode };

/** A choice that counts when the form is sent, with its words beside it. */
export function Checkbox({ className, children, ...props }: Props) {
  const words = useId();
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the component inside.
    <label className="flex items-start gap-2 touch:py-3">
      <Base.Root
        aria-labelledby={words}
        className={cn(
          "mt-0.5 grid size-4 shrink-0 place-content-center rounded-[4px] border border-field bg-card data-[checked]:border-accent data-[checked]:bg-accent data-[invalid]:border-critical data-[disabled]:opacity-50",
          className,
        )}
        {...props}
      >
        <Base.Indicator className="text-on-accent">
          <Check aria-hidden="true" strokeWidth={3} className="size-3" />
        </Base.Indicator>
      </Base.Root>
      <span id={words}>{children}</span>
    </label>
  );
}
