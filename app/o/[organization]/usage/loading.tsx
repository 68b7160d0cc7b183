import { PageSkeleton } from "@/components/shell/page-skeleton";

export default function Loading() {
  return <PageSkeleton cards={["h-96 lg:col-span-12", "h-96 lg:col-span-12"]} />;
}
