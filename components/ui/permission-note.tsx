import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";

/** Replaces a control that the viewer may not use, and says who may. */
export function PermissionNote({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <p className={cn("flex items-start gap-1.5 text-muted text-sm", className)}>
      <Lock aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
      <span>{children}</span>
    </p>
  );
}
