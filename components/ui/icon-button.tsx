import type { ComponentProps } from "react";
import { Button } from "./button";
import { cn } from "./class-names";

type Props = Omit<ComponentProps<typeof Button>, "aria-label"> & { label: string };

/** A button of one icon; `label` is its name for readers and its tip for the pointer. */
export function IconButton({ label, variant = "ghost", className, ...props }: Props) {
  return (
    <Button
      aria-label={label}
      title={label}
      variant={variant}
      className={cn("px-0", props.size === "small" ? "w-7 touch:w-9" : "w-9 touch:w-11", className)}
      {...props}
    />
  );
}
