import { z } from "zod";
import { portalRoute } from "@/lib/adapters/portal/route";
import { lookAtPayment } from "@/lib/payments";

export const GET = portalRoute(z.strictObject({}), ({ ctx, id }) => lookAtPayment(ctx, { id }));
