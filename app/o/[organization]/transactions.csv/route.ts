import { csvResponse } from "@/lib/adapters/http/file";
import { portalFile } from "@/lib/adapters/portal/route";
import { transactionsCsv } from "@/lib/ledger";
import { transactionsCsvQuery } from "@/lib/ledger/schema";

export const GET = portalFile(transactionsCsvQuery, async ({ ctx }, query) =>
  csvResponse(await transactionsCsv(ctx, query), "transactions.csv", { bom: true }),
);
