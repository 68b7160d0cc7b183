"use client";
import { Field as Base } from "@base-ui/react/field";
import type { ReactNode } from "react";
import { cn } from "./class-names";

type Props = {
  /** The field's name in the form's schema. */
  name: string;
  label: string;
  /** The expected input, or its effect. */
  hint?: ReactNode;
  className?: string;
  /** An Input, or any control of @base-ui/react. */
  children: ReactNode;
};

/** Label, control and hint or, in its place, the problem: connected for screen readers. */
export function Field({ name, label, hint, className, children }: Props) {
  return (
    <Base.Root name={name} data-slot="field" className={cn("grid content-start gap-1.5", className)}>
      <Base.Label className="font-medium text-sm">{label}</Base.Label>
      {children}
      {hint ? <Base.Description className="text-muted text-sm">{hint}</Base.Description> : null}
      <Base.Error className="text-critical text-sm" />
    </Base.Root>
  );
}
