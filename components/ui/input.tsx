"use client";
import { Input as Base } from "@base-ui/react/input";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

/** The style of text fields; the border is dark enough to be seen as a field. */
export const FIELD =
  "h-9 touch:h-11 w-full min-w-0 rounded-control border border-field bg-card px-3 text-base text-text placeholder:text-muted disabled:opacity-50 data-[invalid]:border-critical aria-invalid:border-critical touch:text-lg";

/** Inside a Field it takes its name, label and error from there. */
export function Input({ className, ...props }: ComponentProps<typeof Base>) {
  return <Base className={cn(FIELD, className)} {...props} />;
}
