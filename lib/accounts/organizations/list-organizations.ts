import { requireOperator } from "@/lib/platform/authorize";
import type { InstallationContext } from "@/lib/platform/context";
import type { OrganizationRow } from "../schema";
import { readOrganizations } from "./organization-store";

/** Every organization, the oldest first. Errors: forbidden. */
export async function listOrganizations(ctx: InstallationContext): Promise<OrganizationRow[]> {
  requireOperator(ctx.actor, "list organizations");
  return readOrganizations(ctx.db);
}
