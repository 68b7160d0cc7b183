"use client";
import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { Button } from "./button";

/** Sends its form, which works before and without scripts; with them it shows that it is on its way. */
export function SubmitButton({ primary = false, children }: { primary?: boolean; children: ReactNode }) {
  const { pending } = useFormStatus();
  return (
    <Button type="submit" variant={primary ? "primary" : "outline"} pending={pending} className="w-full">
      {children}
    </Button>
  );
}
