"use client";
import { useMemo } from "react";
import { type OrganizationPaths, organizationPaths } from "@/lib/kernel/paths";
import { useFacts } from "./facts";

/** The addresses of the organization that the page shows. */
export function usePaths(): OrganizationPaths {
  const { id } = useFacts().organization;
  return useMemo(() => organizationPaths(id), [id]);
}
