import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <div role="status" aria-label="Loading" className="grid gap-4">
      <Skeleton className="h-7 w-32" />
      <div className="grid gap-4 lg:grid-cols-12">
        <Skeleton className="h-72 rounded-card lg:col-span-5" />
        <Skeleton className="h-72 rounded-card lg:col-span-7" />
        <Skeleton className="h-96 rounded-card lg:col-span-12" />
      </div>
    </div>
  );
}
