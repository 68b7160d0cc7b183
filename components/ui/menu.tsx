"use client";
import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ComponentProps, ReactElement, ReactNode } from "react";
import { cn } from "./class-names";
import { CHOICE, FLOATING } from "./floating";

type Props = {
  /** The button that opens it, as an element. */
  trigger: ReactElement;
  align?: "start" | "center" | "end";
  side?: "top" | "bottom" | "right" | "left";
  className?: string;
  /** For a menu whose code is loaded by the click that opens it. */
  defaultOpen?: boolean;
  children: ReactNode;
};

/** A list of actions under a button: arrows, first letters and Escape work. */
export function Menu({ trigger, align = "end", side = "bottom", className, defaultOpen = false, children }: Props) {
  return (
    <Base.Root defaultOpen={defaultOpen}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} side={side} className="z-40 outline-none">
          <Base.Popup
            className={cn(
              FLOATING,
              "max-h-[var(--available-height)] min-w-44 max-w-[calc(100vw-1rem)] overflow-y-auto p-1",
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

const ROW = cn(CHOICE, "[&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted");

type ItemProps = ComponentProps<typeof Base.Item>;
export function MenuItem({ className, danger = false, ...props }: ItemProps & { danger?: boolean }) {
  return <Base.Item className={cn(ROW, danger && "text-critical [&_svg]:text-critical", className)} {...props} />;
}

/** An entry that leads to an address; pass the link itself as `render`. */
export function MenuLink({ className, ...props }: ComponentProps<typeof Base.LinkItem>) {
  return <Base.LinkItem closeOnClick className={cn(ROW, className)} {...props} />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <div className="px-2 pt-2 pb-1 text-muted text-xs">{children}</div>;
}

export function MenuSeparator() {
  return <Base.Separator className="-mx-1 my-1 border-line border-t" />;
}

/** Entries of which some are on; the menu stays open. */
export function MenuCheck({ children, ...props }: ComponentProps<typeof Base.CheckboxItem>) {
  return (
    <Base.CheckboxItem className={cn(ROW, "relative pl-8")} {...props}>
      <Base.CheckboxItemIndicator className="absolute left-2">
        <Check aria-hidden="true" />
      </Base.CheckboxItemIndicator>
      {children}
    </Base.CheckboxItem>
  );
}

type ChoiceProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; label: string; icon?: ReactNode }[];
};

/** Entries of which exactly one is on. */
export function MenuChoice({ label, value, onChange, options }: ChoiceProps) {
  return (
    <Base.RadioGroup aria-label={label} value={value} onValueChange={(next: string) => onChange(next)}>
      <MenuLabel>{label}</MenuLabel>
      {options.map((option) => (
        <Base.RadioItem key={option.value} value={option.value} closeOnClick className={ROW}>
          {option.icon}
          <span className="min-w-0 flex-1 truncate">{option.label}</span>
          <Base.RadioItemIndicator>
            <Check aria-hidden="true" />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}
