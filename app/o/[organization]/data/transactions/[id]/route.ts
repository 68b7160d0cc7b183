import { z } from "zod";
import { portalRoute } from "@/lib/adapters/portal/route";
import { getTransaction } from "@/lib/ledger";

export const GET = portalRoute(z.strictObject({}), ({ ctx, id }) => getTransaction(ctx, { id }));
