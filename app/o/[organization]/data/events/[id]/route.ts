import { z } from "zod";
import { portalRoute } from "@/lib/adapters/portal/route";
import { getEvent } from "@/lib/usage";

export const GET = portalRoute(z.strictObject({}), ({ ctx, id }) => getEvent(ctx, { id }));
