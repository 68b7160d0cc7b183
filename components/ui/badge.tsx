import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

const badgeVariants = cva(
  "inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-[6px] px-1.5 font-medium text-xs [&_svg]:size-3",
  {
    variants: {
      tone: {
        plain: "bg-control text-muted",
        accent: "bg-accent-soft text-accent-strong",
        good: "bg-good-soft text-good",
        low: "bg-low-soft text-low",
        warning: "bg-warning-soft text-warning",
        critical: "bg-critical-soft text-critical",
      },
    },
    defaultVariants: { tone: "plain" },
  },
);

/** A state in one word; the color only repeats it. */
export function Badge({ tone, className, ...props }: ComponentProps<"span"> & VariantProps<typeof badgeVariants>) {
  return <span className={cn(badgeVariants({ tone }), className)} {...props} />;
}
