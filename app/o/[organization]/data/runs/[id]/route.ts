import { endpoints } from "@/lib/adapters/portal/endpoints";
import { noParameters, portalRoute } from "@/lib/adapters/portal/route";
import { getRun } from "@/lib/usage";

export const GET = portalRoute(endpoints.run, noParameters, ({ ctx, id }) => getRun(ctx, { id }));
