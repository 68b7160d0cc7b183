/** Rows of the audit log. They are only ever added. */
import { isUuid, newId } from "@/lib/kernel/ids";
import type { Actor, InstallationContext } from "@/lib/platform/context";
import type { Client } from "@/lib/platform/db";
import type { Prisma } from "@/lib/platform/generated/client";
import type { AuditAction, AuditCsvQuery, AuditEntry, AuditObject } from "./schema";

/** What was done, as its verb knows it. Values are as on the wire: amounts as decimals, times in RFC 3339. */
export type AuditRecord = {
  action: AuditAction;
  object: { type: AuditObject; id?: string | null; name?: string | null };
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
  /** Where the verb itself stands above organizations, the one that it concerns. */
  organizationId?: string;
};

/** The organization of what concerns the whole installation. */
export const NIL = "00000000-0000-0000-0000-000000000000";
const LONGEST_AGENT = 200;

function idOf(actor: Actor): string | null {
  if (actor.type === "user") return actor.userId;
  if (actor.type === "gateway") return actor.secretId;
  return actor.type === "key" ? actor.keyId : null;
}

/** What the actor is called at this moment: an address, or the name of a gateway's secret. */
async function nameOf({ tables }: Client, actor: Actor): Promise<string | undefined> {
  if (actor.type === "user") {
    const user = await tables.user.findFirst({ where: { id: actor.userId }, select: { email: true } });
    return user?.email;
  }
  if (actor.type !== "gateway") return undefined;
  const secret = await tables.gatewaySecret.findFirst({ where: { id: actor.secretId }, select: { name: true } });
  return secret?.name;
}

const json = (value: Record<string, unknown> | null | undefined) =>
  (value as Prisma.InputJsonObject | null) ?? undefined;

export async function insertAudit(
  client: Client,
  { actor, origin, now }: InstallationContext,
  organizationId: string,
  { action, object, before, after }: AuditRecord,
): Promise<void> {
  await client.tables.auditEntry.createMany({
    data: {
      organizationId,
      id: newId(now),
      at: now,
      actorType: actor.type,
      actorId: idOf(actor),
      actorName: await nameOf(client, actor),
      action,
      objectType: object.type,
      objectId: object.id,
      objectName: object.name,
      before: json(before),
      after: json(after),
      address: origin?.address,
      agent: origin?.agent?.slice(0, LONGEST_AGENT),
    },
  });
}

/** `before` is the id that the page ends at; ids start with their time. */
export async function readAudit(
  { tables }: Client,
  organizationId: string,
  { from, to, actor, action, object }: AuditCsvQuery,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<AuditEntry[]> {
  if (actor !== undefined && !isUuid(actor)) return [];
  const rows = await tables.auditEntry.findMany({
    where: { organizationId, at: { gte: from, lt: to }, actorId: actor, action, objectId: object, id: { lt: before } },
    omit: { organizationId: true },
    orderBy: { id: "desc" },
    take: limit,
  });
  return rows.map(({ actorType, actorId, actorName, objectType, objectId, objectName, at, ...row }) => ({
    ...(row as Pick<AuditEntry, "id" | "action" | "before" | "after" | "address" | "agent">),
    at: at.toISOString(),
    actor: { type: actorType as AuditEntry["actor"]["type"], id: actorId, name: actorName },
    object: { type: objectType as AuditObject, id: objectId, name: objectName },
  }));
}
