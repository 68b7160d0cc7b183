import { currentCatalogue } from "@/lib/catalogue";
import type { PlanLimits } from "@/lib/catalogue/schema";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";

/** How many members, keys, … the organization's running plan allows; what is not named is not limited. Errors: not_found. */
export async function planLimits(ctx: Context): Promise<PlanLimits> {
  mayRead(ctx);
  const { organizationId } = ctx;
  const row = await queryOrganization(ctx.db, organizationId, ({ tables }) =>
    tables.subscription.findFirst({ where: { organizationId }, select: { plan: true, status: true } }),
  );
  if (row?.status !== "active") return {};
  return currentCatalogue().catalogue.planIndex.get(row.plan)?.limits ?? {};
}
