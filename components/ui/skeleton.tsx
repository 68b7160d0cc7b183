import { cn } from "./class-names";

/** Holds the place of what is being loaded, at its final size. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cn("animate-pulse rounded-control bg-control", className)} />;
}
