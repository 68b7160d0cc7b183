import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { LiveText } from "./live-text";

/** The look of a button, for links that lead somewhere, too. */
export const buttonVariants = cva(
  "relative inline-flex shrink-0 items-center justify-center gap-2 whitespace-nowrap rounded-control font-medium transition-colors duration-150 disabled:opacity-50 aria-disabled:not-aria-busy:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-accent text-on-accent hover:bg-accent-strong",
        outline: "border border-line bg-card text-text hover:bg-control",
        ghost: "text-muted hover:bg-control hover:text-text",
        danger: "border border-critical/40 bg-card text-critical hover:bg-critical-soft",
      },
      size: {
        normal: "h-9 px-3 text-base touch:h-11",
        // It stands in rows of text, so on a phone a part of the finger's room is around it.
        small: "h-7 px-2 text-sm touch:h-9 touch:after:absolute touch:after:-inset-1",
      },
    },
    defaultVariants: { variant: "outline", size: "normal" },
  },
);

type Props = ComponentProps<"button"> & VariantProps<typeof buttonVariants> & { pending?: boolean };

/** While `pending` it keeps its width and focus, and takes no second click. */
export function Button({ className, variant, size, pending = false, type = "button", children, ...props }: Props) {
  return (
    <button
      type={type}
      className={cn(buttonVariants({ variant, size }), className)}
      {...props}
      {...(pending && { "aria-disabled": true, "aria-busy": true, onClick: (event) => event.preventDefault() })}
    >
      {pending ? <LoaderCircle aria-hidden="true" className="absolute animate-spin" /> : null}
      {/* The words keep their room and stay the button's name while the spinner stands in their place. */}
      {pending ? (
        <span className="inline-flex items-center gap-2 opacity-0">
          <LiveText>{children}</LiveText>
        </span>
      ) : (
        <LiveText>{children}</LiveText>
      )}
    </button>
  );
}
