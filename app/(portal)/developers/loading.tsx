import { PageSkeleton } from "@/components/shell/page-skeleton";

export default function Loading() {
  return <PageSkeleton cards={["h-80 lg:col-span-7", "h-80 lg:col-span-5", "h-96 lg:col-span-12"]} />;
}
