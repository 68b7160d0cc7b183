import { endpoints } from "@/lib/adapters/portal/endpoints";
import { portalRoute } from "@/lib/adapters/portal/route";
import { usage } from "@/lib/usage";
import { usageQuery } from "@/lib/usage/schema";

export const GET = portalRoute(endpoints.usage, usageQuery, ({ ctx }, query) => usage(ctx, query));
