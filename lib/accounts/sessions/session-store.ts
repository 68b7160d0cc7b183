/** Rows of sessions and of those whom they belong to. */
import type { MemberRole } from "@/lib/kernel/permissions";
import type { Client, Database } from "@/lib/platform/db";
import type { Session } from "../schema";

export type SessionDraft = {
  hash: string;
  userId: string;
  now: Date;
  expires: Date;
  address: string | null;
  agent: string | null;
};

export async function insertSession(client: Client, draft: SessionDraft): Promise<string> {
  const { hash, userId, now, expires, address, agent } = draft;
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO session (session_token, user_id, expires, created_at, seen_at, address, agent)
     VALUES ($1, $2, $3, $4, $4, $5, $6) RETURNING id`,
    [hash, userId, expires, now, address, agent],
  );
  return rows[0]?.id ?? "";
}

/** The user's sessions that have not expired, the latest used first. */
export async function readSessions(db: Database, userId: string, now: Date): Promise<Omit<Session, "current">[]> {
  const rows = await db.prisma.session.findMany({
    where: { userId, expires: { gt: now } },
    orderBy: [{ seenAt: "desc" }, { id: "asc" }],
    select: { id: true, createdAt: true, seenAt: true, address: true, agent: true },
  });
  return rows.map(({ createdAt, seenAt, ...row }) => ({
    ...row,
    createdAt: createdAt.toISOString(),
    seenAt: seenAt.toISOString(),
  }));
}

type Ended = { id: string; agent: string | null };

/** Ends one of the user's sessions; nothing where it is not theirs. */
export async function deleteSession(client: Client, userId: string, id: string): Promise<Ended | undefined> {
  const { rows } = await client.query<Ended>("DELETE FROM session WHERE user_id = $1 AND id = $2 RETURNING id, agent", [
    userId,
    id,
  ]);
  return rows[0];
}

/** Ends all of the user's sessions but the one that is named. */
export async function deleteSessions(client: Client, userId: string, except: string | null): Promise<number> {
  const { rowCount } = await client.query(
    "DELETE FROM session WHERE user_id = $1 AND ($2::uuid IS NULL OR id <> $2::uuid)",
    [userId, except],
  );
  return rowCount ?? 0;
}

/** Whose session it is, for one who has nothing but its token. */
export async function findSession(db: Database, hash: string): Promise<{ id: string; userId: string } | undefined> {
  const found = await db.prisma.session.findUnique({
    where: { sessionToken: hash },
    select: { id: true, userId: true },
  });
  return found ?? undefined;
}

/** The organization that the user's portal opens with. */
export async function firstMembership(db: Database, userId: string) {
  return db.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT set_config('tollgate.user', ${userId}, true)`;
    const member = await tx.member.findFirst({
      where: { userId },
      orderBy: [{ createdAt: "asc" }, { organizationId: "asc" }],
      select: { organizationId: true, role: true },
    });
    return member ? { organizationId: member.organizationId, role: member.role as MemberRole } : undefined;
  });
}

export async function findUser(db: Database, email: string) {
  const user = await db.prisma.user.findUnique({ where: { email }, select: { id: true, email: true } });
  return user ?? undefined;
}

/** Rows that have expired. */
export async function deleteExpired(client: Client, now: Date): Promise<number> {
  const sessions = await client.query("DELETE FROM session WHERE expires <= $1", [now]);
  const links = await client.query("DELETE FROM verification_token WHERE expires <= $1", [now]);
  return (sessions.rowCount ?? 0) + (links.rowCount ?? 0);
}
