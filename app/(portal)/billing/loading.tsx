import { PageSkeleton } from "@/components/shell/page-skeleton";

export default function Loading() {
  return <PageSkeleton cards={["h-64 lg:col-span-7", "h-64 lg:col-span-5", "h-80 lg:col-span-12"]} />;
}
