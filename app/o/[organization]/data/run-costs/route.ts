import { endpoints } from "@/lib/adapters/portal/endpoints";
import { portalRoute } from "@/lib/adapters/portal/route";
import { runCosts } from "@/lib/usage";
import { runCostsQuery } from "@/lib/usage/schema";

export const GET = portalRoute(endpoints.runCosts, runCostsQuery, ({ ctx }, query) => runCosts(ctx, query));
