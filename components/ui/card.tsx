import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

export function Card({ className, ...props }: ComponentProps<"section">) {
  return <section className={cn("min-w-0 rounded-card border border-line bg-card p-5", className)} {...props} />;
}

/** A card's title, with its controls on the right. */
export function CardHeader({ id, title, children }: { id?: string; title: string; children?: ReactNode }) {
  return (
    <header className="mb-3 flex min-h-9 flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <h2 id={id} className="font-medium text-lg">
        {title}
      </h2>
      {children}
    </header>
  );
}
