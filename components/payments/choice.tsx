import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

type Props = {
  name: string;
  value: string;
  checked: boolean;
  onChange: () => void;
  className?: string;
  children: ReactNode;
};

/** One of several offers, as large as a finger wants: a radio button with its words and facts. */
export function Choice({ name, value, checked, onChange, className, children }: Props) {
  return (
    <label
      className={cn(
        "flex min-h-11 min-w-0 cursor-pointer items-center gap-3 rounded-control border border-field bg-card px-3 py-2 transition-colors duration-150 hover:bg-control has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2",
        className,
      )}
    >
      <input
        type="radio"
        name={name}
        value={value}
        checked={checked}
        onChange={onChange}
        className="size-4 shrink-0 accent-(--accent) outline-none"
      />
      {children}
    </label>
  );
}
