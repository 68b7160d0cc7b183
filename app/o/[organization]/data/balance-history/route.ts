import { endpoints } from "@/lib/adapters/portal/endpoints";
import { portalRoute } from "@/lib/adapters/portal/route";
import { balanceHistory } from "@/lib/ledger";
import { balanceHistoryQuery } from "@/lib/ledger/schema";

export const GET = portalRoute(endpoints.balanceHistory, balanceHistoryQuery, ({ ctx }, query) =>
  balanceHistory(ctx, query),
);
