import { csvResponse } from "@/lib/adapters/http/csv";
import { portalRoute } from "@/lib/adapters/portal/route";
import { auditCsv } from "@/lib/audit";
import { auditCsvQuery } from "@/lib/audit/schema";

export const GET = portalRoute(auditCsvQuery, async ({ ctx }, query) =>
  csvResponse(auditCsv(ctx, query), "audit.csv", { bom: true }),
);
