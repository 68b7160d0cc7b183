import { z } from "zod";
import { listMembers } from "@/lib/accounts";
import { portalRoute } from "@/lib/adapters/portal/route";

export const GET = portalRoute(z.strictObject({}), ({ ctx }) => listMembers(ctx));
