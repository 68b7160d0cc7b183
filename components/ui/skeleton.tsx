import { cn } from "./class-names";

/** Keeps the place of loading content, at its final size. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cn("animate-pulse rounded-control bg-control", className)} />;
}
