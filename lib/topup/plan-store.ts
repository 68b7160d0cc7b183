import type { OrganizationDb } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";

/** Whether the organization's running plan is a paid one. */
export async function hasPaidPlan({ db, organizationId }: OrganizationDb): Promise<boolean> {
  const plan = await queryOrganization(db, organizationId, ({ tables }) =>
    tables.subscription.findFirst({ where: { organizationId, status: "active", free: false }, select: { plan: true } }),
  );
  return plan !== null;
}
