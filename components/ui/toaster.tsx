"use client";
import { useEffect } from "react";
import { Toaster as Sonner, toast as show } from "sonner";
import { takeToasts } from "./toast";

/** Draws the toasts that wait whenever one more was said. */
export default function Toaster({ said }: { said: number }) {
  useEffect(() => {
    if (said > 0) for (const { text, kind } of takeToasts()) show[kind](text);
  }, [said]);
  return (
    <Sonner
      position="bottom-right"
      gap={8}
      // Behind one another their words would show through.
      expand
      mobileOffset={{ bottom: 72 }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-center gap-3 rounded-card border border-line bg-card px-4 py-3 font-sans text-sm text-text shadow-float sm:w-[356px]",
          error: "[&_svg]:text-critical",
          success: "[&_svg]:text-good",
        },
      }}
    />
  );
}
