import { listKeys } from "@/lib/accounts";
import { endpoints } from "@/lib/adapters/portal/endpoints";
import { noParameters, portalRoute } from "@/lib/adapters/portal/route";

export const GET = portalRoute(endpoints.keys, noParameters, ({ ctx }) => listKeys(ctx));
