import { z } from "zod";
import { listKeyLimits } from "@/lib/accounts";
import { portalRoute } from "@/lib/adapters/portal/route";

export const GET = portalRoute(z.strictObject({}), ({ ctx }) => listKeyLimits(ctx));
