import { portalRoute } from "@/lib/adapters/portal/route";
import { listAudit } from "@/lib/audit";
import { auditQuery } from "@/lib/audit/schema";

export const GET = portalRoute(auditQuery, ({ ctx }, query) => listAudit(ctx, query));
