import { endpoints } from "@/lib/adapters/portal/endpoints";
import { noParameters, portalRoute } from "@/lib/adapters/portal/route";
import { refreshPayment } from "@/lib/payments";

export const GET = portalRoute(endpoints.payment, noParameters, ({ ctx, id }) => refreshPayment(ctx, { id }));
