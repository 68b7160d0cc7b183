import { z } from "zod";
import { portalRoute } from "@/lib/adapters/portal/route";
import { paymentReturns } from "@/lib/payments";

export const GET = portalRoute(z.strictObject({}), ({ ctx, id }) => paymentReturns(ctx, { id }));
