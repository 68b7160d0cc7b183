"use client";
import { lazy, Suspense } from "react";
import { useMismatch } from "@/components/actions/organization-mismatch";

const OtherOrganization = lazy(() => import("./other-organization"));

/** Says which organization the tab shows when the server found that its address names another one. */
export function PresentOrganization() {
  const mismatch = useMismatch();
  if (!mismatch) return null;
  return (
    <Suspense>
      <OtherOrganization mismatch={mismatch} />
    </Suspense>
  );
}
