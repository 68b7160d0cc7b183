import { PageSkeleton } from "@/components/shell/page-skeleton";

export default function Loading() {
  return <PageSkeleton cards={["h-72 lg:col-span-6", "h-72 lg:col-span-6", "h-96 lg:col-span-12"]} />;
}
