import { endpoints } from "@/lib/adapters/portal/endpoints";
import { noParameters, portalRoute } from "@/lib/adapters/portal/route";
import { balance, balanceAnswer } from "@/lib/ledger";

export const GET = portalRoute(endpoints.balance, noParameters, async ({ ctx, catalogue }) =>
  balanceAnswer(await balance(ctx), catalogue),
);
