import { portalRoute } from "@/lib/adapters/portal/route";
import { listTransactions } from "@/lib/ledger";
import { transactionsQuery } from "@/lib/ledger/schema";

export const GET = portalRoute(transactionsQuery, ({ ctx }, query) => listTransactions(ctx, query));
