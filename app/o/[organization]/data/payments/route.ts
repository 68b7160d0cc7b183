import { endpoints } from "@/lib/adapters/portal/endpoints";
import { portalRoute } from "@/lib/adapters/portal/route";
import { listPayments } from "@/lib/payments";
import { paymentListQuery } from "@/lib/payments/schema";

export const GET = portalRoute(endpoints.payments, paymentListQuery, ({ ctx }, query) => listPayments(ctx, query));
