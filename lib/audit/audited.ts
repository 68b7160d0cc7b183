import { NIL_ID } from "@/lib/kernel/ids";
import type { Context, InstallationContext } from "@/lib/platform/context";
import { type Client, changeInstallation, changeOrganization } from "@/lib/platform/db";
import { type AuditRecord, insertAudit } from "./store";

/** The answer of a change and its audit row; a change without an effect writes no row. */
export type Audited<T> = { answer: T; audit: AuditRecord | null };

/**
 * Runs a change and records who did what to which object, in one transaction: neither stands without the other. Every
 * verb that changes something for people goes through here; the gate's calls and the jobs' postings are rows of the
 * ledger, which say the same of themselves.
 */
export function audited<T>(
  ctx: Context | InstallationContext,
  work: (client: Client) => Promise<Audited<T>>,
): Promise<T> {
  const organizationId = "organizationId" in ctx ? ctx.organizationId : undefined;
  const change = async (client: Client) => {
    const { answer, audit } = await work(client);
    if (audit) await insertAudit(client, ctx, audit.organizationId ?? organizationId ?? NIL_ID, audit);
    return answer;
  };
  return organizationId ? changeOrganization(ctx.db, organizationId, change) : changeInstallation(ctx.db, change);
}
