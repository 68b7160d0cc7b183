import { z } from "zod";
import { getKey } from "@/lib/accounts";
import { portalRoute } from "@/lib/adapters/portal/route";

export const GET = portalRoute(z.strictObject({}), ({ ctx, id }) => getKey(ctx, { id }));
