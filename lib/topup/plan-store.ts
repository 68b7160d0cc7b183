import type { OrganizationDb } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";

/** Whether the organization's running plan is a paid one. */
export async function hasPaidPlan({ db, organizationId }: OrganizationDb): Promise<boolean> {
  const sql = "SELECT 1 FROM subscription WHERE organization_id = $1 AND status = 'active' AND NOT free";
  const { rowCount } = await queryOrganization(db, organizationId, (client) => client.query(sql, [organizationId]));
  return rowCount === 1;
}
