import { endpoints } from "@/lib/adapters/portal/endpoints";
import { noParameters, portalRoute } from "@/lib/adapters/portal/route";
import { lookAtPayment } from "@/lib/payments";

export const GET = portalRoute(endpoints.payment, noParameters, ({ ctx, id }) => lookAtPayment(ctx, { id }));
