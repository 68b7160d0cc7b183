"use client";
import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

type Tab<Value extends string> = { value: Value; label: string; content: ReactNode };
type Props<Value extends string> = {
  label: string;
  tabs: readonly Tab<Value>[];
  /** Left out, the first one is shown and the component keeps the choice. */
  value?: Value;
  onChange?: (value: Value) => void;
  className?: string;
};

/** Views of one thing, one at a time; arrows move between them. */
export function Tabs<Value extends string>({ label, tabs, value, onChange, className }: Props<Value>) {
  return (
    <Base.Root
      {...(value === undefined ? { defaultValue: tabs[0]?.value } : { value })}
      onValueChange={(next: Value) => onChange?.(next)}
      className={className}
    >
      <Base.List aria-label={label} className="relative flex gap-4 overflow-x-auto border-line border-b">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="-outline-offset-2 h-9 touch:h-11 whitespace-nowrap border-transparent border-b-2 px-1 text-muted hover:text-text data-[active]:border-accent data-[active]:font-medium data-[active]:text-text"
          >
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="pt-4">
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
