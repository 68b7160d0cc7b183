import { z } from "zod";
import { portalRoute } from "@/lib/adapters/portal/route";
import { listGrants } from "@/lib/ledger";

export const GET = portalRoute(z.strictObject({}), ({ ctx }) => listGrants(ctx));
