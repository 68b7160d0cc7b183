import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";

/** The organization's running plan; undefined without one. */
export async function readSubscription({ db, organizationId }: Pick<Context, "db" | "organizationId">) {
  const found = await queryOrganization(db, organizationId, ({ tables }) =>
    tables.subscription.findFirst({ where: { organizationId, status: "active" } }),
  );
  return found ?? undefined;
}
