import { portalRoute } from "@/lib/adapters/portal/route";
import { listPayments } from "@/lib/payments";
import { paymentListQuery } from "@/lib/payments/schema";

export const GET = portalRoute(paymentListQuery, ({ ctx }, query) => listPayments(ctx, query));
