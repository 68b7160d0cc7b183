import { csvResponse } from "@/lib/adapters/http/file";
import { portalFile } from "@/lib/adapters/portal/route";
import { auditCsv } from "@/lib/audit";
import { auditCsvQuery } from "@/lib/audit/schema";

export const GET = portalFile(auditCsvQuery, async ({ ctx }, query) =>
  csvResponse(auditCsv(ctx, query), "audit.csv", { bom: true }),
);
