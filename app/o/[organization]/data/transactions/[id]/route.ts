import { endpoints } from "@/lib/adapters/portal/endpoints";
import { noParameters, portalRoute } from "@/lib/adapters/portal/route";
import { getTransaction } from "@/lib/ledger";

export const GET = portalRoute(endpoints.transaction, noParameters, ({ ctx, id }) => getTransaction(ctx, { id }));
