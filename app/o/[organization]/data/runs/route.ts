import { endpoints } from "@/lib/adapters/portal/endpoints";
import { portalRoute } from "@/lib/adapters/portal/route";
import { listRuns } from "@/lib/usage";
import { runsQuery } from "@/lib/usage/schema";

export const GET = portalRoute(endpoints.runs, runsQuery, ({ ctx }, query) => listRuns(ctx, query));
