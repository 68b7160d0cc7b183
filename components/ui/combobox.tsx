"use client";
import { Combobox as Base } from "@base-ui/react/combobox";
import { Check, ChevronsUpDown, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "./class-names";
import { CHOICE, FLOATING } from "./floating";
import { FIELD } from "./input";

export type ComboboxOption = { value: string; label: string };
type Props = {
  label: string;
  options: readonly ComboboxOption[];
  value: string | null;
  onChange: (value: string | null) => void;
  placeholder?: string;
  className?: string;
};

/** One of many, found by typing a part of its name; emptied by the cross. */
export function Combobox({ label, options, value, onChange, placeholder, className }: Props) {
  const t = useTranslations("ui");
  const chosen = options.find((option) => option.value === value) ?? null;
  return (
    <Base.Root
      items={options}
      value={chosen}
      onValueChange={(next: ComboboxOption | null) => onChange(next?.value ?? null)}
    >
      <Base.InputGroup className={cn("relative w-56 max-w-full", className)}>
        <Base.Input
          aria-label={label}
          placeholder={placeholder}
          className={cn(
            FIELD,
            "border-line in-data-[slot=field]:border-field in-data-[slot=field]:text-base pr-8 text-sm touch:pr-11",
          )}
        />
        <span className="absolute inset-y-0 right-0 grid w-8 touch:w-11 place-content-center text-muted [&_svg]:size-4">
          {chosen ? (
            <Base.Clear
              aria-label={t("clear", { label })}
              className="grid size-7 touch:size-11 place-content-center rounded-[6px]"
            >
              <X aria-hidden="true" />
            </Base.Clear>
          ) : (
            <Base.Trigger
              aria-label={t("open", { label })}
              className="grid size-7 touch:size-11 place-content-center rounded-[6px]"
            >
              <ChevronsUpDown aria-hidden="true" />
            </Base.Trigger>
          )}
        </span>
      </Base.InputGroup>
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-40 outline-none">
          <Base.Popup className={cn(FLOATING, "w-[var(--anchor-width)] min-w-44 p-1")}>
            <Base.Empty className="px-2 text-muted text-sm [&:not(:empty)]:py-2">{t("nothingFound")}</Base.Empty>
            <Base.List className="max-h-72 overflow-y-auto">
              {(option: ComboboxOption) => (
                <Base.Item key={option.value} value={option} className={CHOICE}>
                  <span className="min-w-0 flex-1 truncate">{option.label}</span>
                  <Base.ItemIndicator>
                    <Check aria-hidden="true" className="size-4 text-muted" />
                  </Base.ItemIndicator>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
