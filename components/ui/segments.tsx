"use client";
import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";

type Props<Value extends string> = {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
};

/** One of a few, chosen by a button each; arrows move between them. */
export function Segments<Value extends string>({ label, value, options, onChange }: Props<Value>) {
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      onValueChange={([next]) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onChange(chosen.value);
      }}
      className="inline-flex h-9 touch:h-11 max-w-full items-center gap-0.5 overflow-x-auto overflow-y-hidden rounded-control border border-line bg-control p-0.5"
    >
      {options.map((option) => (
        <Toggle
          key={option.value}
          value={option.value}
          className="-outline-offset-1 relative h-full touch:after:absolute touch:after:-inset-x-px touch:after:-inset-y-1 touch:px-3 whitespace-nowrap rounded-[6px] border border-transparent px-2.5 text-muted text-sm hover:text-text data-[pressed]:border-line data-[pressed]:bg-card data-[pressed]:font-medium data-[pressed]:text-text"
        >
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
