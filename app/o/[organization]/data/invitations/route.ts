import { z } from "zod";
import { listInvitations } from "@/lib/accounts";
import { portalRoute } from "@/lib/adapters/portal/route";

export const GET = portalRoute(z.strictObject({}), ({ ctx }) => listInvitations(ctx));
