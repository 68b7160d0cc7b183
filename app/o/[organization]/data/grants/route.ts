import { endpoints } from "@/lib/adapters/portal/endpoints";
import { noParameters, portalRoute } from "@/lib/adapters/portal/route";
import { listGrants } from "@/lib/ledger";

export const GET = portalRoute(endpoints.grants, noParameters, ({ ctx }) => listGrants(ctx));
