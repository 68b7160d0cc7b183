import { SectionSkeleton } from "@/components/developers/skeletons";

export default function Loading() {
  return <SectionSkeleton />;
}
