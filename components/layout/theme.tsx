"use client";
import { CSPProvider } from "@base-ui/react/csp-provider";
import { ThemeProvider } from "next-themes";
import { type ReactNode, useState } from "react";

/** Light or dark, set before the first paint by a script that carries the page's nonce. */
export function Theme({ nonce, children }: { nonce: string; children: ReactNode }) {
  // The page keeps the policy that it was opened with; what is read again later brings another answer's nonce.
  const [opened] = useState(nonce);
  return (
    <CSPProvider nonce={opened}>
      <ThemeProvider nonce={opened} attribute="data-theme" enableColorScheme={false} disableTransitionOnChange>
        {children}
      </ThemeProvider>
    </CSPProvider>
  );
}
