import { portalRoute } from "@/lib/adapters/portal/route";
import { usage } from "@/lib/usage";
import { usageQuery } from "@/lib/usage/schema";

export const GET = portalRoute(usageQuery, ({ ctx }, query) => usage(ctx, query));
