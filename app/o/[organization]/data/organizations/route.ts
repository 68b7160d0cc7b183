import { z } from "zod";
import { listMemberships } from "@/lib/accounts";
import { portalRoute } from "@/lib/adapters/portal/route";

export const GET = portalRoute(z.strictObject({}), ({ ctx }) => listMemberships(ctx));
