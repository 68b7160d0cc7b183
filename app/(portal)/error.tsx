"use client";
import { LoadError } from "@/components/ui/notice";

export default function PortalError({ reset }: { reset: () => void }) {
  return <LoadError what="This page" onRetry={reset} />;
}
