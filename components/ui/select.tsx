"use client";
import { Input as Base } from "@base-ui/react/input";
import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { FIELD } from "./input";

/**
 * The platform's own list: it works on every phone and with every reader. Inside a Field it takes its name, label and
 * error from there.
 */
export function Select({ className, children, id, name, ...props }: ComponentProps<"select">) {
  return (
    <span className={cn("relative inline-flex min-w-0 max-w-full", className)}>
      <Base
        {...(id && { id })}
        {...(name && { name })}
        render={<select {...props}>{children}</select>}
        className={cn(
          FIELD,
          "appearance-none text-ellipsis border-line pr-8 text-sm in-data-[slot=field]:border-field in-data-[slot=field]:text-base",
        )}
      />
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted"
      />
    </span>
  );
}
