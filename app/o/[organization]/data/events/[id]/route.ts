import { endpoints } from "@/lib/adapters/portal/endpoints";
import { noParameters, portalRoute } from "@/lib/adapters/portal/route";
import { getEvent } from "@/lib/usage";

export const GET = portalRoute(endpoints.event, noParameters, ({ ctx, id }) => getEvent(ctx, { id }));
