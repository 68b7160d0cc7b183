import { z } from "zod";
import { portalRoute } from "@/lib/adapters/portal/route";
import { balance, balanceAnswer } from "@/lib/ledger";

export const GET = portalRoute(z.strictObject({}), async ({ ctx, catalogue }) =>
  balanceAnswer(await balance(ctx), catalogue),
);
