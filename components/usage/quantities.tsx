"use client";
import { useFacts } from "@/components/facts";
import { printCount } from "@/components/format-amount";

/** "1,200 input tokens · 500 output tokens"; in the catalogue's order. */
export function Quantities({ of }: { of: Record<string, number | string> }) {
  const { meters } = useFacts();
  const names = Object.keys(meters).filter((name) => name in of);
  const parts = [...names, ...Object.keys(of).filter((name) => !(name in meters))].map((name) => {
    const count = String(of[name] ?? 0);
    const one = count === "1" || count === "-1";
    const word = (one ? meters[name]?.singular : meters[name]?.label) ?? name.replaceAll("_", " ");
    return `${printCount(count)} ${word}`;
  });
  return <>{parts.join(" · ") || "none"}</>;
}
