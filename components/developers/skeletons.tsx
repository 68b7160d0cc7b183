import { Skeleton } from "@/components/ui/skeleton";

export function QuickstartSkeleton() {
  return (
    <div className="grid gap-4">
      <Skeleton className="h-9 w-64" />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)]">
        <Skeleton className="h-[440px]" />
        <Skeleton className="h-[240px]" />
      </div>
    </div>
  );
}

export function SectionSkeleton() {
  return (
    <div className="grid gap-4">
      <Skeleton className="h-5 w-96 max-w-full" />
      <Skeleton className="h-[480px]" />
    </div>
  );
}
