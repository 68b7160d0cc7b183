"use client";
import { type ReactNode, useEffect, useTransition } from "react";
import { cn } from "@/components/ui/class-names";
import type { ListedPrice } from "@/lib/catalogue/schema";
import { CallForm, type MeterLabels } from "./call-form";
import { callParsers } from "./call-state";
import { useCall } from "./use-call";

type Props = { prices: readonly ListedPrice[]; meters: MeterLabels; controls: boolean; children: ReactNode };

const NAMES = ["endpoint", "model", "q", "o"] as const;

/**
 * A call and its cost, for a frame in the operator's pages. Those may send the call as a message with the parameters of
 * the address, `{tollgate: "call", endpoint, model, q, o}`, so that the frame is not loaded again at each change.
 */
export function EstimateFrame({ prices, meters, controls, children }: Props) {
  const [pending, startTransition] = useTransition();
  const chosen = useCall(prices, startTransition);
  const { set } = chosen;
  useEffect(() => {
    const onMessage = ({ source, data }: MessageEvent) => {
      if (source !== window.parent || data?.tollgate !== "call") return;
      const values = NAMES.map((name) => [
        name,
        typeof data[name] === "string" ? callParsers[name].parse(data[name]) : null,
      ]);
      set(Object.fromEntries(values));
    };
    window.addEventListener("message", onMessage);
    return () => window.removeEventListener("message", onMessage);
  });
  return (
    <main className="grid gap-4 p-4">
      {controls ? <CallForm prices={prices} meters={meters} chosen={chosen} /> : null}
      <div aria-busy={pending} aria-live="polite" className={cn("transition-opacity", pending && "opacity-60")}>
        {children}
      </div>
    </main>
  );
}
