/** Invitations. The link's token is never stored, only its SHA-256. */
import { publicId } from "@/lib/kernel/ids";
import type { Context } from "@/lib/platform/context";
import { type Client, type Database, queryOrganization } from "@/lib/platform/db";
import { one } from "../function-store";
import type { GivenRole, Invitation } from "../schema";

type NewInvitation = {
  id: string;
  email: string;
  role: GivenRole;
  hash: Buffer;
  invitedBy: string | null;
  expiresAt: Date;
  /** How many members the plan allows; null is any number. */
  most: number | null;
  mostDaily: number;
  now: Date;
};

/** Errors: not_found, conflict (a member already), plan_limit_reached, rate_limited. */
export async function insertInvitation(client: Client, organizationId: string, invitation: NewInvitation) {
  const { id, email, role, hash, invitedBy, expiresAt, most, mostDaily, now } = invitation;
  const values = [organizationId, id, email, role, hash, invitedBy, expiresAt, most, mostDaily, now];
  const sql = "SELECT ledger.invite($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AS answer";
  return (await one<{ name: string; replaced: boolean }>(client, sql, values)) as { name: string; replaced: boolean };
}

/** Nothing when there is none. Errors: conflict (accepted). */
export async function endInvitation(client: Client, organizationId: string, id: string, now: Date) {
  type Ended = { email: string; role: GivenRole; changed: boolean };
  return one<Ended>(client, "SELECT ledger.revoke_invitation($1, $2, $3) AS answer", [organizationId, id, now]);
}

export type FoundInvitation = {
  organizationId: string;
  organization: string;
  email: string;
  role: GivenRole;
  inviter: string | null;
  expiresAt: Date;
  state: Invitation["state"];
};

/** Whichever organization it is of; nothing when no link has this hash. */
export async function findInvitation(db: Database, hash: Buffer, now: Date): Promise<FoundInvitation | undefined> {
  const { rows } = await db.read.query<FoundInvitation>(
    `SELECT organization_id AS "organizationId", organization, email, role, inviter, expires_at AS "expiresAt", state
     FROM ledger.find_invitation($1, $2)`,
    [hash, now],
  );
  return rows[0];
}

/** Whether the membership was made now. Errors: conflict, plan_limit_reached. */
export async function insertMembership(
  client: Client,
  organizationId: string,
  { hash, userId, most, now }: { hash: Buffer; userId: string; most: number | null; now: Date },
): Promise<boolean> {
  const sql = "SELECT ledger.accept_invitation($1, $2, $3, $4, $5) AS answer";
  return (await one<boolean>(client, sql, [organizationId, hash, userId, most, now])) === true;
}

type Times = { acceptedAt: Date | null; revokedAt: Date | null; expiresAt: Date };

function stateOf({ acceptedAt, revokedAt, expiresAt }: Times, now: Date): Invitation["state"] {
  if (acceptedAt) return "accepted";
  if (revokedAt) return "revoked";
  return expiresAt <= now ? "expired" : "open";
}

/** The latest first. */
export async function readInvitations({ db, organizationId, now }: Context, most: number): Promise<Invitation[]> {
  return queryOrganization(db, organizationId, async ({ tables }) => {
    const rows = await tables.invitation.findMany({
      where: { organizationId },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: most,
    });
    const users = await tables.user.findMany({ where: { id: { in: rows.flatMap((row) => row.invitedBy ?? []) } } });
    const inviters = new Map(users.map(({ id, name, email }) => [id, name ?? email]));
    return rows.map((row) => ({
      id: publicId("inv", organizationId, row.id),
      email: row.email,
      role: row.role as GivenRole,
      inviter: inviters.get(row.invitedBy ?? "") ?? null,
      state: stateOf(row, now),
      createdAt: row.createdAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
    }));
  });
}
