import { z } from "zod";
import { listKeys } from "@/lib/accounts";
import { portalRoute } from "@/lib/adapters/portal/route";

export const GET = portalRoute(z.strictObject({}), ({ ctx }) => listKeys(ctx));
