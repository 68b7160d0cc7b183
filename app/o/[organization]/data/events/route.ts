import { endpoints } from "@/lib/adapters/portal/endpoints";
import { portalRoute } from "@/lib/adapters/portal/route";
import { listEvents } from "@/lib/usage";
import { eventsQuery } from "@/lib/usage/schema";

export const GET = portalRoute(endpoints.events, eventsQuery, ({ ctx }, query) => listEvents(ctx, query));
