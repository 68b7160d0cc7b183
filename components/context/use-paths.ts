"use client";
import { useMemo } from "react";
import { type OrganizationPaths, organizationPaths } from "@/lib/kernel/paths";
import { useFacts } from "./facts";

/** The addresses of the organization that the page shows. */
export function usePaths(): OrganizationPaths {
  const { organization, places } = useFacts();
  return useMemo(() => organizationPaths(organization.id, places), [organization.id, places]);
}
