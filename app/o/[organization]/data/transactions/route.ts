import { endpoints } from "@/lib/adapters/portal/endpoints";
import { portalRoute } from "@/lib/adapters/portal/route";
import { listTransactions } from "@/lib/ledger";
import { transactionsQuery } from "@/lib/ledger/schema";

export const GET = portalRoute(endpoints.transactions, transactionsQuery, ({ ctx }, query) =>
  listTransactions(ctx, query),
);
