import type { ComponentProps } from "react";
import { cn } from "./class-names";

/** The platform's own list: it works on every phone and with every reader. */
export function Select({ className, ...props }: ComponentProps<"select">) {
  return (
    <select
      className={cn(
        "h-9 min-w-0 max-w-full text-ellipsis rounded-control border border-line bg-card px-2 text-sm text-text disabled:opacity-50 aria-invalid:border-critical",
        className,
      )}
      {...props}
    />
  );
}
