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

const INVITATIONS = `SELECT i.id, i.email, i.role, i.created_at AS "createdAt", i.expires_at AS "expiresAt",
    coalesce(u.name, u.email) AS inviter, CASE WHEN i.accepted_at IS NOT NULL THEN 'accepted'
      WHEN i.revoked_at IS NOT NULL THEN 'revoked' WHEN i.expires_at <= $2 THEN 'expired' ELSE 'open' END AS state
  FROM invitation i LEFT JOIN "user" u ON u.id = i.invited_by
  WHERE i.organization_id = $1 ORDER BY i.created_at DESC, i.id DESC LIMIT $3`;

/** The latest first. */
export async function readInvitations({ db, organizationId, now }: Context, most: number): Promise<Invitation[]> {
  type Row = Omit<Invitation, "createdAt" | "expiresAt"> & { createdAt: Date; expiresAt: Date };
  return queryOrganization(db, organizationId, async (client) => {
    const { rows } = await client.query<Row>(INVITATIONS, [organizationId, now, most]);
    return rows.map((row) => ({
      ...row,
      id: publicId("inv", organizationId, row.id),
      createdAt: row.createdAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
    }));
  });
}
