import type { ReactNode } from "react";
import { cn } from "./class-names";

type Props = { label: string; value: ReactNode; note?: ReactNode; className?: string };

/** One number with its name above and its meaning below. */
export function Stat({ label, value, note, className }: Props) {
  return (
    <div className={cn("min-w-0", className)}>
      <p className="text-muted text-sm">{label}</p>
      <p className="font-medium text-xl tabular-nums">{value}</p>
      {note ? <p className="text-muted text-sm">{note}</p> : null}
    </div>
  );
}
