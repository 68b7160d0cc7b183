import type { ReactNode } from "react";
import { Card, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";

/** Primitives of one kind. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card className="grid content-start gap-5 [&>header]:mb-0">
      <CardHeader title={title} />
      {children}
    </Card>
  );
}

/** One primitive in its states, under what it shows. */
export function Sample({ name, className, children }: { name: string; className?: string; children: ReactNode }) {
  return (
    <div className="grid min-w-0 gap-2">
      <h3 className="text-muted text-xs">{name}</h3>
      <div className={cn("flex min-w-0 flex-wrap items-center gap-3", className)}>{children}</div>
    </div>
  );
}
