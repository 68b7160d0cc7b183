import { QuickstartSkeleton } from "@/components/developers/skeletons";

export default function Loading() {
  return <QuickstartSkeleton />;
}
