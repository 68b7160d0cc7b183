import { getKey } from "@/lib/accounts";
import { endpoints } from "@/lib/adapters/portal/endpoints";
import { noParameters, portalRoute } from "@/lib/adapters/portal/route";

export const GET = portalRoute(endpoints.key, noParameters, ({ ctx, id }) => getKey(ctx, { id }));
