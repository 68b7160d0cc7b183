import { endpoints } from "@/lib/adapters/portal/endpoints";
import { noParameters, portalRoute } from "@/lib/adapters/portal/route";
import { paymentReversals } from "@/lib/payments";

export const GET = portalRoute(endpoints.paymentReversals, noParameters, ({ ctx, id }) =>
  paymentReversals(ctx, { id }),
);
