import { z } from "zod";
import { resolveOrganization } from "@/lib/accounts";
import { decodeCursor, encodeCursor } from "@/lib/kernel/cursor";
import { TollgateError } from "@/lib/kernel/errors";
import { organizationPublicId, publicId } from "@/lib/kernel/ids";
import { wireAmount } from "./answer";
import { readExpiredHolds } from "./call-store";
import { type GateContext, requireGateway } from "./context";
import type { ExpiredHoldsAnswer, ExpiredHoldsInput } from "./expired-schema";

const USUAL_DAYS = 7;
const DAY_MS = 86_400_000;
const cursorParts = z.tuple([z.guid()]);

/**
 * Holds that expired without an ending and whose usage has not come since, the latest first: of one organization or of
 * all, by when they expired (since 7 days ago when no range is given). Errors: not_found, validation_failed.
 */
export async function listExpiredHolds(ctx: GateContext, input: ExpiredHoldsInput): Promise<ExpiredHoldsAnswer> {
  requireGateway(ctx);
  const { organization, limit, cursor } = input;
  const organizationId = organization === undefined ? null : await resolveOrganization(ctx, organization);
  if (organizationId === undefined) throw new TollgateError("not_found", "There is no such organization.");
  const to = input.to ?? "infinity";
  const from = input.from ?? new Date((input.to ?? ctx.now).getTime() - USUAL_DAYS * DAY_MS);
  const before = cursor === undefined ? null : decodeCursor(cursor, cursorParts)[0];
  const rows = await readExpiredHolds(ctx.db, { organizationId, from, to, before, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    data: page.map((row) => ({
      id: publicId("hold", row.organization_id, row.id),
      organization: organizationPublicId(row.organization_id),
      key: row.key_id && publicId("key", row.organization_id, row.key_id),
      endpoint: row.endpoint,
      model: row.model,
      ceiling: wireAmount(row.ceiling),
      openedAt: row.opened_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      resource: row.resource_id === null ? null : { type: row.resource_type, id: row.resource_id },
      fingerprint: row.fingerprint,
    })),
    nextCursor: last && rows.length > page.length ? encodeCursor([last.id]) : null,
  };
}
