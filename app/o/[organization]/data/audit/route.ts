import { endpoints } from "@/lib/adapters/portal/endpoints";
import { portalRoute } from "@/lib/adapters/portal/route";
import { listAudit } from "@/lib/audit";
import { auditQuery } from "@/lib/audit/schema";

export const GET = portalRoute(endpoints.audit, auditQuery, ({ ctx }, query) => listAudit(ctx, query));
