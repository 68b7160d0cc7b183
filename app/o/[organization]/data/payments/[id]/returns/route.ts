import { endpoints } from "@/lib/adapters/portal/endpoints";
import { noParameters, portalRoute } from "@/lib/adapters/portal/route";
import { paymentReturns } from "@/lib/payments";

export const GET = portalRoute(endpoints.paymentReturns, noParameters, ({ ctx, id }) => paymentReturns(ctx, { id }));
