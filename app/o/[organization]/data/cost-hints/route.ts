import { endpoints } from "@/lib/adapters/portal/endpoints";
import { noParameters, portalRoute } from "@/lib/adapters/portal/route";
import { costHints } from "@/lib/usage";

export const GET = portalRoute(endpoints.costHints, noParameters, ({ ctx }) => costHints(ctx));
