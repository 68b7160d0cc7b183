import { PageSkeleton } from "@/components/shell/page-skeleton";

export default function Loading() {
  return <PageSkeleton cards={["h-[32rem] lg:col-span-12"]} />;
}
